package dev.sluice.benchmarks.protocols.noop;

import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.http.client.HttpClient;

/** All queries on one WebSocket. */
final class SocketNoop implements NoopClient {

    private static final String ID = "\"id\": \"";

    private final URI url;

    SocketNoop(URI frontend) {
        url = URI.create("ws://" + frontend.getAuthority() + "/" + ACTOR + "/stream");
    }

    @Override
    public String protocol() {
        return "WebSocket";
    }

    @Override
    public Driven drive(int inFlight, Duration leadIn, Duration measured) throws IOException, InterruptedException {
        Laps laps = new Laps(inFlight, leadIn, measured);
        Sinks.Many<Integer> slots = Sinks.many().unicast().onBackpressureBuffer();
        long[] sentAt = new long[inFlight];
        for (int i = 0; i < inFlight; i++) {
            slots.tryEmitNext(i);
        }
        Flux<TextWebSocketFrame> questions = slots.asFlux().map(slot -> {
            sentAt[slot] = System.nanoTime();
            return new TextWebSocketFrame("{\"id\": \"" + slot + "\", \"input\": null}");
        });
        Disposable socket = HttpClient.create()
                .websocket()
                .uri(url)
                .handle((in, out) -> {
                    Mono<Void> answers = in.receive()
                            .asString()
                            .doOnNext(text -> {
                                int slot = slot(text);
                                if (laps.answered(sentAt[slot])) {
                                    slots.tryEmitNext(slot);
                                }
                            })
                            .then();
                    return out.sendObject(questions, question -> true).then().and(answers);
                })
                .subscribe(nothing -> {}, laps::failed);
        try {
            return laps.result();
        } finally {
            socket.dispose();
        }
    }

    private static int slot(String text) {
        if (!text.contains("\"result\": null")) {
            throw new IllegalStateException("an answer on the WebSocket has no null in it: " + text);
        }
        int from = text.indexOf(ID) + ID.length();
        return Integer.parseInt(text, from, text.indexOf('"', from), 10);
    }

    @Override
    public void close() {
        // A socket ends with its drive.
    }
}
