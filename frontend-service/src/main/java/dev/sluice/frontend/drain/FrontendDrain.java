package dev.sluice.frontend.drain;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.Failure;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationContext;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.scheduler.Schedulers;

/**
 * The first step of a stop, which protocol adapters consult: from {@link #isDraining} on they tell their connections to
 * close, and end what would otherwise stay open. The web server's own graceful stop comes after it.
 */
public final class FrontendDrain implements SmartLifecycle {

    /** What those are told who have to ask another frontend. */
    public static final Failure STOPPING =
            new Failure(ErrorCode.UNAVAILABLE, "This frontend is stopping; ask again to reach another one.", 1_000);

    private static final Logger log = LoggerFactory.getLogger(FrontendDrain.class);

    private final ApplicationContext context;
    private final DrainSettings settings;
    private final Set<Runnable> listeners = ConcurrentHashMap.newKeySet();
    private volatile boolean running;
    private volatile boolean draining;

    public FrontendDrain(ApplicationContext context, DrainSettings settings) {
        this.context = context;
        this.settings = settings;
    }

    public DrainSettings settings() {
        return settings;
    }

    /** Whether a stop has begun: accept what comes, and tell its connection to close. */
    public boolean isDraining() {
        return draining;
    }

    /** Runs the listener once when a stop begins, at once if it has begun; dispose the returned handle when it is moot. */
    public Disposable onDrain(Runnable listener) {
        Once once = new Once(listener);
        listeners.add(once);
        if (draining && listeners.remove(once)) {
            once.run();
        }
        return () -> listeners.remove(once);
    }

    @Override
    public void start() {
        running = true;
        draining = false;
    }

    @Override
    public void stop() {
        begin();
        running = false;
    }

    @Override
    public void stop(Runnable callback) {
        begin();
        Schedulers.parallel()
                .schedule(
                        () -> {
                            running = false;
                            callback.run();
                        },
                        settings.grace().toMillis(),
                        java.util.concurrent.TimeUnit.MILLISECONDS);
    }

    private void begin() {
        log.info("Stopping: not ready from here on, open connections are told to close");
        AvailabilityChangeEvent.publish(context, ReadinessState.REFUSING_TRAFFIC);
        draining = true;
        for (Runnable listener : listeners) {
            if (listeners.remove(listener)) {
                listener.run();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Just before the web server's graceful stop, whose phase is the next lower one. */
    @Override
    public int getPhase() {
        return WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE + 512;
    }

    /** Gives every registration an identity of its own. */
    private static final class Once implements Runnable {

        private final Runnable listener;

        Once(Runnable listener) {
            this.listener = listener;
        }

        @Override
        public void run() {
            listener.run();
        }
    }
}
