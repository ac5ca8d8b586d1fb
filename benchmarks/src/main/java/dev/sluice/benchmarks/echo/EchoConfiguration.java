package dev.sluice.benchmarks.echo;

import static org.springframework.web.reactive.function.server.RequestPredicates.POST;
import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

@Configuration(proxyBeanMethods = false)
class EchoConfiguration {

    /** A functional endpoint: the leanest that WebFlux offers, and what one would write for speed. */
    @Bean
    RouterFunction<ServerResponse> echo() {
        return route(POST("/{actor}"), EchoConfiguration::answer);
    }

    private static Mono<ServerResponse> answer(ServerRequest request) {
        String actor = request.pathVariable("actor");
        return request.bodyToMono(EchoRequest.class)
                .flatMap(asked -> ServerResponse.ok()
                        .contentType(MediaType.APPLICATION_JSON)
                        .bodyValue(new EchoReply(true, actor, asked.input())));
    }
}
