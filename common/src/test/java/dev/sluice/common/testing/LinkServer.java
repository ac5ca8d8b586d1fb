package dev.sluice.common.testing;

import dev.sluice.common.link.Identity;
import dev.sluice.common.link.Link;
import dev.sluice.common.link.LinkContext;
import dev.sluice.common.link.LinkEndpoint;
import dev.sluice.common.link.LinkHandler;
import dev.sluice.common.link.LinkHttp;
import dev.sluice.common.link.LinkReceiver;
import dev.sluice.common.link.LinkSettings;
import dev.sluice.common.wire.BatchFrame;
import dev.sluice.common.wire.Cargo;
import dev.sluice.common.wire.Frame;
import dev.sluice.common.wire.Role;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.TimeUnit;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.reactive.function.server.RouterFunctions;
import reactor.netty.DisposableServer;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.LoopResources;

/** A router's end of real links, on a free port of loopback: what the peers of routers are tested against. */
public final class LinkServer implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 120;

    private static final Duration LEASE = Duration.ofMinutes(2);

    private final BlockingQueue<Link> links = new LinkedTransferQueue<>();
    private final BlockingQueue<Frame> frames = new LinkedTransferQueue<>();
    private final BlockingQueue<String> closed = new LinkedTransferQueue<>();
    private final List<Frame> passedOver = new ArrayList<>();
    private final LoopResources loops = LoopResources.create("link-server", 1, true);
    private final DisposableServer server;

    private LinkServer() {
        LinkSettings usual = LinkSettings.defaults();
        // A peer on a machine that has much else to do is not to be taken for dead.
        LinkSettings patient = new LinkSettings(
                "", usual.maxPayloadBytes(), usual.queryCreditBytes(), usual.resultCreditBytes(), LEASE);
        LinkContext context = new LinkContext(Identity.fresh(Role.ROUTER, "router-0"), patient, new Recorder());
        server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .runOn(loops)
                .protocol(HttpProtocol.H2C, HttpProtocol.HTTP11)
                .http2Settings(LinkHttp::settings)
                .doOnChannelInit((observer, connection, address) -> LinkHttp.connection(connection))
                .handle(new ReactorHttpHandlerAdapter(RouterFunctions.toHttpHandler(RouterFunctions.route()
                        .POST(LinkHttp.PATH, new LinkEndpoint(context))
                        .build())))
                .bindNow();
    }

    public static LinkServer start() {
        return new LinkServer();
    }

    /** As {@code sluice.routers} takes it. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    /** The next link that a peer opens; waits for it. */
    public Link link() throws InterruptedException {
        return await(links, "link");
    }

    /** The next frame of this kind from any peer; waits for it. Others keep for later: control overtakes results. */
    public <T extends Frame> T next(Class<T> kind) throws InterruptedException {
        for (Frame frame : passedOver) {
            if (kind.isInstance(frame)) {
                passedOver.remove(frame);
                return kind.cast(frame);
            }
        }
        Frame frame = await(frames, kind.getSimpleName());
        while (!kind.isInstance(frame)) {
            passedOver.add(frame);
            frame = await(frames, kind.getSimpleName());
        }
        return kind.cast(frame);
    }

    /** Why the next link that ends did so; waits for it. */
    public String closed() throws InterruptedException {
        return await(closed, "end of a link");
    }

    private <T> T await(BlockingQueue<T> queue, String what) throws InterruptedException {
        T next = queue.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("no " + what + " came within " + PATIENCE_SECONDS + " s; passed over were "
                    + passedOver + ", and these links ended: " + closed);
        }
        return next;
    }

    @Override
    public void close() {
        server.disposeNow();
        loops.disposeLater(Duration.ZERO, Duration.ofSeconds(5)).block();
        // What no test asked for is not to look like a leak.
        frames.drainTo(passedOver);
        passedOver.forEach(LinkServer::release);
        passedOver.clear();
    }

    private static void release(Frame frame) {
        if (frame instanceof Cargo cargo) {
            cargo.release();
        } else if (frame instanceof BatchFrame batch) {
            batch.release();
        }
    }

    private final class Recorder implements LinkHandler, LinkReceiver {

        @Override
        public LinkReceiver opened(Link link) {
            links.add(link);
            return this;
        }

        @Override
        public void received(Frame frame) {
            frames.add(frame);
        }

        @Override
        public void closed(String reason) {
            closed.add(reason);
        }
    }
}
