package dev.sluice.common.link;

import dev.sluice.common.link.LinkEnd.Side;
import dev.sluice.common.wire.Frame;
import dev.sluice.common.wire.FrameDecoder;
import dev.sluice.common.wire.FrameEncoder;
import dev.sluice.common.wire.ResultFrame;
import dev.sluice.common.wire.Role;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/** Opens links as they should be, sends whatever bytes it is given on them, and tells what came back until they ended. */
public final class LinkProbe {

    public static final long OPENER = 1;

    private static final LinkSettings SETTINGS =
            new LinkSettings("", 64 << 20, 256 << 20, 256 << 20, Duration.ofSeconds(3));

    private final URI link;

    public LinkProbe(URI router) {
        this.link = router.resolve(LinkHttp.PATH);
    }

    /** What is done once all was sent. */
    public enum Then {
        /** Ends its side as soon as all answers are there; the router has nothing left to wait for. */
        LEAVE,
        /** Is alive, answers pings, and waits for the router to end the link, as it has to after bytes that are no frames. */
        STAY,
        /** Says not another word: the router has to take it for dead. */
        FALL_SILENT
    }

    /**
     * What is sent on one link.
     *
     * @param node that it says it is; of two links of the same, a router ends the first
     * @param hello what is said in the place of a right one; empty: a right one
     * @param opener a right query with the exchange {@link #OPENER}, which has to be answered before anything else is sent
     * @param pieces what is sent then, as they are received
     * @param answers how many outcomes and pongs they are owed
     */
    public record Said(
            Role role, String node, byte[] hello, byte[] opener, List<byte[]> pieces, int answers, Then then) {}

    /**
     * What came back.
     *
     * @param opened the result of the opener; null where there was none
     * @param results that were the only one of their query
     * @param failures codes of queries that have none
     * @param pongs numbers of pings
     */
    public record Heard(
            byte @Nullable [] opened, Map<Long, byte[]> results, Map<Long, Integer> failures, Set<Long> pongs) {

        public int answers() {
            return results.size() + failures.size() + pongs.size();
        }
    }

    /** Fails where there is nobody to connect to; ends when the router, by whatever means, has ended the link. */
    public CompletableFuture<Heard> send(Said said) {
        ConnectionProvider connection =
                ConnectionProvider.builder("probe").maxConnections(1).build();
        Exchange exchange = new Exchange(said);
        return HttpClient.create(connection)
                .protocol(HttpProtocol.H2C)
                .http2Settings(LinkHttp::settings)
                .headers(headers -> headers.set("Content-Type", LinkHttp.MEDIA_TYPE.toString()))
                .post()
                .uri(link)
                .send((request, out) -> out.send(exchange.spoken.asFlux(), bytes -> true))
                .response((response, body) -> body.retain().doOnNext(exchange::heard))
                .then()
                // A link that is ended by a reset has ended too.
                .onErrorResume(error -> !(error instanceof ConnectException), error -> Mono.empty())
                .then(Mono.fromSupplier(exchange::all))
                .doFinally(end -> {
                    exchange.decoder.close();
                    connection.dispose();
                })
                .toFuture();
    }

    private static ByteBuf encoded(Frame frame) {
        ByteBuf bytes = Unpooled.buffer();
        FrameEncoder.encode(frame, bytes);
        return bytes;
    }

    /** What is said on one link, on its event loop. */
    private static final class Exchange {

        private final Said said;
        private final Handshake handshake;
        private final FrameDecoder decoder = new FrameDecoder(PooledByteBufAllocator.DEFAULT);
        private final Sinks.Many<ByteBuf> spoken = Sinks.many().unicast().onBackpressureBuffer();
        private final Map<Long, byte[]> results = new HashMap<>();
        private final Map<Long, Integer> failures = new HashMap<>();
        private final Set<Long> pongs = new HashSet<>();
        private byte @Nullable [] opened;
        private boolean allSaid;

        Exchange(Said said) {
            this.said = said;
            this.handshake = new Handshake(Identity.fresh(said.role(), said.node()), SETTINGS, Side.CONNECTED);
            if (said.hello().length == 0) {
                say(encoded(handshake.hello()));
            } else {
                say(Unpooled.wrappedBuffer(said.hello()));
                sayAll();
            }
        }

        private void say(ByteBuf bytes) {
            spoken.tryEmitNext(bytes);
        }

        private void sayAll() {
            said.pieces().forEach(piece -> say(Unpooled.wrappedBuffer(piece)));
            allSaid = true;
            leaveOnceAnswered();
        }

        private void leaveOnceAnswered() {
            if (allSaid && said.then() == Then.LEAVE && all().answers() >= said.answers()) {
                spoken.tryEmitComplete();
            }
        }

        void heard(ByteBuf bytes) {
            decoder.feed(bytes, this::heard);
        }

        private void heard(Frame frame) {
            if (frame instanceof Frame.Hello hello) {
                say(encoded(handshake.answer(hello)));
            } else if (frame instanceof Frame.Proof) {
                if (said.hello().length == 0) {
                    say(Unpooled.wrappedBuffer(said.opener()));
                }
            } else if (frame instanceof Frame.Ping ping) {
                if (said.then() != Then.FALL_SILENT) {
                    say(encoded(new Frame.Pong(ping.number())));
                }
            } else {
                answered(frame);
                Frames.release(frame);
                leaveOnceAnswered();
            }
        }

        private void answered(Frame frame) {
            if (frame instanceof ResultFrame result && opened == null && result.exchange() == OPENER) {
                opened = ByteBufUtil.getBytes(result.body());
                sayAll();
            } else if (frame instanceof ResultFrame result && result.kind() != ResultFrame.Kind.ITEM) {
                results.put(result.exchange(), ByteBufUtil.getBytes(result.body()));
            } else if (frame instanceof Frame.Failed failed) {
                failures.put(failed.exchange(), failed.code());
            } else if (frame instanceof Frame.Pong pong) {
                pongs.add(pong.number());
            }
        }

        Heard all() {
            return new Heard(opened, results, failures, pongs);
        }
    }
}
