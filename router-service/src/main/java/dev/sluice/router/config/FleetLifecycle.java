package dev.sluice.router.config;

import dev.sluice.router.fleet.control.FleetLoop;
import java.time.Duration;
import org.springframework.context.SmartLifecycle;

/** Looks after the fleet while the router runs; a router that stops leaves it to the others. */
final class FleetLifecycle implements SmartLifecycle {

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
}
