package dev.sluice.common.link;

import dev.sluice.common.link.LinkEnd.Side;
import dev.sluice.common.wire.Frame;
import dev.sluice.common.wire.FrameDecoder;
import dev.sluice.common.wire.FrameEncoder;
import dev.sluice.common.wire.Role;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/** Opens a link as it should be, sends whatever bytes it is given on it, and waits for the end. One at a time. */
public final class LinkProbe implements AutoCloseable {

    private static final LinkSettings SETTINGS =
            new LinkSettings("", 64 << 20, 256 << 20, 256 << 20, Duration.ofSeconds(3));

    private final ConnectionProvider connections =
            ConnectionProvider.builder("probe").maxConnections(1).build();
    private final HttpClient client = HttpClient.create(connections)
            .protocol(HttpProtocol.H2C)
            .http2Settings(LinkHttp::settings)
            .headers(headers -> headers.set("Content-Type", LinkHttp.MEDIA_TYPE.toString()));
    private final URI link;

    public LinkProbe(URI router) {
        this.link = router.resolve(LinkHttp.PATH);
    }

    /**
     * @param hello what is said in the place of a right one; empty: a right one
     * @param pieces what is sent once both have proven themselves, as they are received
     * @return frames that came back after that
     * @throws TimeoutException where the router does not end the link though nothing more will come
     */
    public int send(Role role, byte[] hello, List<byte[]> pieces, Duration patience) throws TimeoutException {
        Exchange exchange = new Exchange(role, pieces);
        exchange.say(hello.length == 0 ? encoded(exchange.handshake.hello()) : Unpooled.wrappedBuffer(hello));
        if (hello.length > 0) {
            pieces.forEach(piece -> exchange.say(Unpooled.wrappedBuffer(piece)));
            exchange.said.tryEmitComplete();
        }
        Boolean ended = client.post()
                .uri(link)
                .send((request, out) -> out.send(exchange.said.asFlux(), bytes -> true))
                .response((response, body) -> body.retain().doOnNext(exchange::heard))
                .then()
                .timeout(patience)
                // A link that is ended by a reset has ended too.
                .onErrorResume(error -> !(error instanceof TimeoutException), error -> Mono.empty())
                .thenReturn(true)
                .onErrorReturn(TimeoutException.class, false)
                .doFinally(end -> exchange.decoder.close())
                .block();
        if (!Boolean.TRUE.equals(ended)) {
            throw new TimeoutException("the link does not end");
        }
        return exchange.frames.get();
    }

    private static ByteBuf encoded(Frame frame) {
        ByteBuf bytes = Unpooled.buffer();
        FrameEncoder.encode(frame, bytes);
        return bytes;
    }

    /** What is said on one link, on its event loop. */
    private static final class Exchange {

        private final Handshake handshake;
        private final List<byte[]> pieces;
        private final FrameDecoder decoder = new FrameDecoder(PooledByteBufAllocator.DEFAULT);
        private final Sinks.Many<ByteBuf> said = Sinks.many().unicast().onBackpressureBuffer();
        private boolean proven;
        private final AtomicInteger frames = new AtomicInteger();

        Exchange(Role role, List<byte[]> pieces) {
            this.handshake = new Handshake(Identity.fresh(role, "fuzzed"), SETTINGS, Side.CONNECTED);
            this.pieces = pieces;
        }

        void say(ByteBuf bytes) {
            said.tryEmitNext(bytes);
        }

        void heard(ByteBuf bytes) {
            decoder.feed(bytes, this::heard);
        }

        private void heard(Frame frame) {
            if (frame instanceof Frame.Hello hello) {
                say(encoded(handshake.answer(hello)));
            } else if (frame instanceof Frame.Proof && !proven) {
                proven = true;
                pieces.forEach(piece -> say(Unpooled.wrappedBuffer(piece)));
                said.tryEmitComplete();
            } else {
                frames.incrementAndGet();
                Frames.release(frame);
            }
        }
    }

    @Override
    public void close() {
        connections.dispose();
    }
}
