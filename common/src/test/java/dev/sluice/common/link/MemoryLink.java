package dev.sluice.common.link;

import dev.sluice.common.link.LinkEnd.Side;
import dev.sluice.common.wire.Role;
import java.time.Duration;

/**
 * A link without a network, in one thread and on a clock that stands still: bytes move when a test says so. When it is closed,
 * all its memory must have come back.
 */
final class MemoryLink implements AutoCloseable {

    final TrackedMemory memory = new TrackedMemory();
    final MemoryEnd frontend;
    final MemoryEnd router;

    MemoryLink(LinkSettings settings) {
        this(settings, settings);
    }

    MemoryLink(LinkSettings frontendSettings, LinkSettings routerSettings) {
        frontend = new MemoryEnd(Identity.fresh(Role.FRONTEND, "frontend-0"), frontendSettings, Side.CONNECTED, memory);
        router = new MemoryEnd(Identity.fresh(Role.ROUTER, "router-0"), routerSettings, Side.ACCEPTED, memory);
    }

    /** One that is open. */
    static MemoryLink open(LinkSettings settings) {
        MemoryLink link = new MemoryLink(settings);
        link.settle();
        return link;
    }

    /** Until nothing moves any more. */
    void settle() {
        do {
            frontend.run();
            router.run();
        } while (frontend.deliverTo(router) | router.deliverTo(frontend));
    }

    void pass(Duration time) {
        frontend.pass(time);
        router.pass(time);
        settle();
    }

    /** A tick of both ends, which sends back the credit that is left. */
    void tick() {
        pass(Duration.ofSeconds(1));
    }

    @Override
    public void close() {
        frontend.link().close("the test is over");
        router.link().close("the test is over");
        settle();
        frontend.releaseReceived();
        router.releaseReceived();
        settle();
        memory.assertAllReleased();
    }
}
