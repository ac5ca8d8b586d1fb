package dev.sluice.common.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.http.HttpStatus;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

@Timeout(60)
class EarlyRefusalsTest {

    private static final String BREAKS_OFF =
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nno chunk\r\n";

    private final Sinks.Empty<Void> work = Sinks.empty();
    private final Sinks.One<String> end = Sinks.one();

    @Test
    void anAnswerThatComesTooLateIsNoFault() throws Exception {
        assertThat(endOf(new EarlyRefusals())).isEqualTo("all is well");
    }

    /** Without it, it is one: in these words. */
    @Test
    void knowsTheWordsOfTheServer() throws Exception {
        assertThat(endOf((exchange, chain) -> chain.filter(exchange))).isEqualTo(EarlyRefusals.TOO_LATE);
    }

    private String endOf(WebFilter filter) throws Exception {
        DisposableServer server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle(new ReactorHttpHandlerAdapter(WebHttpHandlerBuilder.webHandler(this::answerAfterWork)
                        .filters(filters -> filters.addAll(List.of(this::witness, filter)))
                        // Made here, and not by the first request on its event loop.
                        .codecConfigurer(ServerCodecConfigurer.create())
                        .build()))
                .bindNow();
        try (Socket caller = new Socket("127.0.0.1", server.port())) {
            caller.getOutputStream().write(BREAKS_OFF.getBytes(StandardCharsets.US_ASCII));
            assertThat(statusLine(caller.getInputStream())).contains(" 400 ");
            work.tryEmitEmpty();
            return String.valueOf(end.asMono().block(Duration.ofSeconds(30)));
        } finally {
            server.disposeNow();
        }
    }

    private Mono<Void> answerAfterWork(ServerWebExchange exchange) {
        exchange.getResponse().setStatusCode(HttpStatus.OK);
        return work.asMono().then(exchange.getResponse().setComplete());
    }

    private Mono<Void> witness(ServerWebExchange exchange, WebFilterChain chain) {
        return chain.filter(exchange)
                .doOnSuccess(well -> end.tryEmitValue("all is well"))
                .doOnError(error -> end.tryEmitValue(String.valueOf(error.getMessage())));
    }

    private static String statusLine(InputStream in) throws Exception {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
            line.append((char) b);
        }
        return line.toString();
    }
}
