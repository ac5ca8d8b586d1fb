package dev.sluice.benchmarks.echo;

import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Answers a query with its input. */
final class EchoHandler {

    private final EchoMetrics metrics;

    EchoHandler(EchoMetrics metrics) {
        this.metrics = metrics;
    }

    Mono<ServerResponse> answer(ServerRequest request) {
        long accepted = System.nanoTime();
        String actor = request.pathVariable("actor");
        return request.bodyToMono(EchoRequest.class).flatMap(asked -> {
            metrics.answered(actor, System.nanoTime() - accepted);
            return ServerResponse.ok()
                    .contentType(MediaType.APPLICATION_JSON)
                    .bodyValue(new EchoReply(true, actor, asked.input()));
        });
    }
}
