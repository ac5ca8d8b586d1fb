package dev.sluice.frontend.config;

import dev.sluice.frontend.gateway.Routers;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;

/**
 * Keeps the doors shut until a router has said which actors there are, so that callers of a frontend that starts again stay with the others
 * for so long. Where none says it in time the frontend opens all the same: it can tell callers why it cannot serve them.
 */
final class FirstCatalogue implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(FirstCatalogue.class);

    /** The web server starts a whole step before that of its graceful stop. */
    private static final int BEFORE_THE_WEB_SERVER = WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE - 1;

    private final Routers routers;
    private final Duration patience;
    private volatile boolean running;

    FirstCatalogue(Routers routers, Duration patience) {
        this.routers = routers;
        this.patience = patience;
    }

    @Override
    public void start() {
        running = true;
        try {
            if (!routers.awaitReady(patience) && !patience.isZero()) {
                log.warn(
                        "No router has told which actors there are within {} ms (sluice.frontend.catalogue-wait): queries are"
                                + " refused until one does.",
                        patience.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return BEFORE_THE_WEB_SERVER;
    }
}
