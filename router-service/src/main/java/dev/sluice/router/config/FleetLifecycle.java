package dev.sluice.router.config;

import dev.sluice.router.fleet.control.FleetLoop;
import java.time.Duration;
import org.springframework.context.SmartLifecycle;

/**
 * Looks after the fleet while the router runs. One that stops goes on until its links have ended: only then do the others know that
 * its actors are theirs.
 */
final class FleetLifecycle implements SmartLifecycle {

    /** Before the first link, and until the last one has ended; while the store is there. */
    private static final int AFTER_THE_STORE = RedisFleetLifecycle.AFTER_THE_CLIENT + 1;

    private final FleetLoop loop;
    private final Duration lease;
    private volatile boolean running;

    /** @param lease within which all hosts that live have linked */
    FleetLifecycle(FleetLoop loop, Duration lease) {
        this.loop = loop;
        this.lease = lease;
    }

    @Override
    public void start() {
        running = true;
        loop.start(lease);
    }

    @Override
    public void stop() {
        running = false;
        loop.dispose();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return AFTER_THE_STORE;
    }
}
