package dev.sluice.common.link;

import dev.sluice.common.wire.Role;
import java.net.URI;
import java.time.Duration;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.reactive.function.server.RouterFunctions;
import reactor.netty.DisposableServer;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.LoopResources;

/** A server on loopback that accepts links, as a router does. */
final class TestRouter implements AutoCloseable {

    private final DisposableServer server;

    /** @param port 0 for one that is free */
    TestRouter(LinkSettings settings, LoopResources loops, int port, LinkHandler handler) {
        LinkEndpoint endpoint =
                new LinkEndpoint(new LinkContext(Identity.fresh(Role.ROUTER, "router-0"), settings, handler));
        server = HttpServer.create()
                .host("127.0.0.1")
                .port(port)
                .runOn(loops)
                .protocol(HttpProtocol.H2C, HttpProtocol.HTTP11)
                .http2Settings(LinkHttp::settings)
                .handle(new ReactorHttpHandlerAdapter(RouterFunctions.toHttpHandler(
                        RouterFunctions.route().POST(LinkHttp.PATH, endpoint).build())))
                .bindNow();
    }

    int port() {
        return server.port();
    }

    /** A frontend for it, not started. */
    static LinkConnector connector(LinkSettings settings, LoopResources loops, int port, LinkHandler handler) {
        return new LinkConnector(
                new LinkContext(Identity.fresh(Role.FRONTEND, "frontend-0"), settings, handler),
                URI.create("http://127.0.0.1:" + port),
                loops);
    }

    @Override
    public void close() {
        server.disposeNow(Duration.ofSeconds(30));
    }
}
