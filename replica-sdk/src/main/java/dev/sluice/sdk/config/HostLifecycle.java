package dev.sluice.sdk.config;

import dev.sluice.common.link.RouterLookup;
import dev.sluice.sdk.host.Host;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Starts the host with the application, and drains it before the application ends. */
final class HostLifecycle implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(HostLifecycle.class);

    /** For user code to close what it holds. */
    static final Duration CLOSING = Duration.ofSeconds(5);

    private final Host host;
    private final RouterLookup routers;
    private final Duration drainTimeout;
    private volatile boolean running;

    HostLifecycle(Host host, RouterLookup routers, Duration drainTimeout) {
        this.host = host;
        this.routers = routers;
        this.drainTimeout = drainTimeout;
    }

    @Override
    public void start() {
        running = true;
        host.start();
        routers.start();
    }

    @Override
    public void stop() {
        stop(() -> {});
    }

    @Override
    public void stop(Runnable callback) {
        running = false;
        host.drain().orTimeout(drainTimeout.toMillis(), TimeUnit.MILLISECONDS).whenComplete((drained, late) -> {
            if (late != null) {
                log.warn("Stopping with batches that have not ended: sluice.host.drain-timeout is over.");
            }
            routers.dispose();
            host.stop()
                    .orTimeout(CLOSING.toMillis(), TimeUnit.MILLISECONDS)
                    .whenComplete((closed, stuck) -> callback.run());
        });
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return DEFAULT_PHASE;
    }
}
