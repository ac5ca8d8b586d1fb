package dev.sluice.common.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.testing.LogCapture;
import dev.sluice.common.wire.QueryFrame;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/** What strangers send to a router's port, over real connections, and a link of that router that goes on meanwhile. */
@Timeout(120)
class OtherLinksTest {

    private final TestFrames frames = new TestFrames(PooledByteBufAllocator.DEFAULT);

    @ParameterizedTest
    @EnumSource(
            value = HttpProtocol.class,
            names = {"H2C", "HTTP11"})
    void goOnWhileAStrangersBytesEndItsOwn(HttpProtocol protocol) throws Exception {
        try (LogCapture log = LogCapture.of("dev.sluice");
                LogCapture ofTheStranger = LogCapture.of("io.netty");
                LinkPair pair = LinkPair.open()) {
            DamagedStreams streams = new DamagedStreams(7);
            for (int i = 0; i < 50; i++) {
                post(protocol, pair.port(), Flux.fromIterable(streams.next()));
            }
            awaitMessages(log, 50);
            assertThat(log.messages()).allMatch(message -> message.startsWith("No link with /127.0.0.1:"));
            assertThat(log.messagesWithStackTrace()).isEmpty();
            assertThat(ofTheStranger.messagesWithStackTrace()).as("resets").hasSizeLessThan(50);
            pair.frontend.link().send(frames.query(1, 100_000));
            QueryFrame query = (QueryFrame) pair.router().frame();
            assertThat(query.bodyBytes()).isEqualTo(100_000);
            query.release();
            assertThat(pair.frontend.closed).isEmpty();
        }
    }

    @Test
    void goOnWhileAStrangerSaysNothing() throws Exception {
        try (LogCapture log = LogCapture.of("dev.sluice");
                LinkPair pair = LinkPair.open()) {
            post(HttpProtocol.H2C, pair.port(), Flux.empty());
            awaitMessages(log, 1);
            assertThat(log.messages()).singleElement().asString().endsWith(": the peer ended it.");
            assertThat(pair.frontend.link().isOpen()).isTrue();
        }
    }

    /** The router may log the end of a link after its peer has seen it. */
    private static void awaitMessages(LogCapture log, int count) {
        while (log.messages().size() < count) {
            Thread.onSpinWait();
        }
    }

    /** Returns when the router has ended the exchange. */
    private static void post(HttpProtocol protocol, int port, Flux<byte[]> body) {
        ConnectionProvider connections = ConnectionProvider.create("stranger", 1);
        HttpClient.create(connections)
                .protocol(protocol)
                .post()
                .uri("http://127.0.0.1:" + port + LinkHttp.PATH)
                .send(body.map(Unpooled::wrappedBuffer))
                .response()
                .flatMapMany(response -> Flux.empty())
                .onErrorComplete()
                .blockLast();
        connections.disposeLater().block();
    }
}
