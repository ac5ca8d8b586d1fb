package dev.sluice.common.link;

import dev.sluice.common.wire.Frame;
import dev.sluice.common.wire.Role;
import java.net.URI;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.reactive.function.server.RouterFunctions;
import reactor.netty.DisposableServer;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.LoopResources;

/** A real link over loopback between a frontend and a router, with handlers that record. */
final class LinkPair implements AutoCloseable {

    final Recorder router = new Recorder();
    final Recorder frontend = new Recorder();
    final LoopResources loops = LoopResources.create("link-test", 2, true);
    final DisposableServer server;
    final LinkConnector connector;

    LinkPair(LinkSettings routerSettings, LinkSettings frontendSettings) {
        LinkEndpoint endpoint =
                new LinkEndpoint(new LinkContext(Identity.fresh(Role.ROUTER, "router-0"), routerSettings, router));
        server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .runOn(loops)
                .protocol(HttpProtocol.H2C, HttpProtocol.HTTP11)
                .http2Settings(LinkHttp::settings)
                .handle(new ReactorHttpHandlerAdapter(RouterFunctions.toHttpHandler(
                        RouterFunctions.route().POST(LinkHttp.PATH, endpoint).build())))
                .bindNow();
        connector = new LinkConnector(
                new LinkContext(Identity.fresh(Role.FRONTEND, "frontend-0"), frontendSettings, frontend),
                URI.create("http://127.0.0.1:" + server.port()),
                loops);
        connector.start();
    }

    static LinkPair open() throws InterruptedException {
        LinkPair pair = new LinkPair(LinkSettings.defaults(), LinkSettings.defaults());
        pair.frontend.link();
        pair.router.link();
        return pair;
    }

    @Override
    public void close() {
        connector.dispose();
        server.disposeNow();
        loops.disposeLater(java.time.Duration.ZERO, java.time.Duration.ofSeconds(2))
                .block();
    }

    /** What came, in order. */
    static final class Recorder implements LinkHandler, LinkReceiver {
        final BlockingQueue<Link> opened = new LinkedBlockingQueue<>();
        final BlockingQueue<Frame> frames = new LinkedBlockingQueue<>();
        final BlockingQueue<String> closed = new LinkedBlockingQueue<>();
        private Link current;

        Link link() throws InterruptedException {
            if (current == null) {
                current = await(opened);
            }
            return current;
        }

        Frame frame() throws InterruptedException {
            return await(frames);
        }

        @Override
        public LinkReceiver opened(Link link) {
            opened.add(link);
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

    static <T> T await(BlockingQueue<T> queue) throws InterruptedException {
        T next = queue.poll(10, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nothing came within 10 s");
        }
        return next;
    }
}
