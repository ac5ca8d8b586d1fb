package dev.sluice.common.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.PooledByteBufAllocator;
import java.time.Duration;
import reactor.netty.resources.LoopResources;

/** A real link over loopback between a frontend and a router. When it is closed, all pooled memory must have come back. */
final class LinkPair implements AutoCloseable {

    /** A lease for peers on a machine that has much else to do: neither is to be taken for dead. */
    static final Duration PATIENT = Duration.ofMinutes(2);

    final Recorder frontend = new Recorder();
    final LoopResources loops = LoopResources.create("link-test", 2, true);
    final LinkConnector connector;
    private final LinkSettings routerSettings;
    private final long pinned = pinned();
    private Recorder router = new Recorder();
    private TestRouter server;

    LinkPair(LinkSettings routerSettings, LinkSettings frontendSettings) {
        this.routerSettings = routerSettings;
        server = new TestRouter(routerSettings, loops, 0, router);
        connector = TestRouter.connector(frontendSettings, loops, server.port(), frontend);
        connector.start();
    }

    static LinkPair open() throws InterruptedException {
        LinkSettings usual = LinkSettings.defaults();
        return open(new LinkSettings(
                "", usual.maxPayloadBytes(), usual.queryCreditBytes(), usual.resultCreditBytes(), PATIENT));
    }

    static LinkPair open(LinkSettings settings) throws InterruptedException {
        LinkPair pair = new LinkPair(settings, settings);
        pair.frontend.link();
        pair.router().link();
        return pair;
    }

    Recorder router() {
        return router;
    }

    int port() {
        return server.port();
    }

    void stopRouter() {
        router.closeAll();
        server.close();
        router.releaseFrames();
    }

    /** On the same port, as another incarnation. */
    void startRouter() {
        router = new Recorder();
        server = new TestRouter(routerSettings, loops, server.port(), router);
    }

    @Override
    public void close() {
        connector.dispose();
        stopRouter();
        loops.disposeLater(Duration.ZERO, Duration.ofSeconds(30)).block();
        frontend.releaseFrames();
        // What came after the router had stopped, until its loops did.
        router.releaseFrames();
        assertThat(pinned()).as("pooled bytes that were not released").isEqualTo(pinned);
    }

    private static long pinned() {
        return PooledByteBufAllocator.DEFAULT.pinnedDirectMemory() + PooledByteBufAllocator.DEFAULT.pinnedHeapMemory();
    }
}
