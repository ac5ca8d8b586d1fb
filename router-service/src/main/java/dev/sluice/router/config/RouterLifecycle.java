package dev.sluice.router.config;

import dev.sluice.router.dispatch.LeaseWatch;
import dev.sluice.router.dispatch.RouterLinks;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The router's clockwork while it runs, and its drain when it stops: before the web server, which only then is idle. */
final class RouterLifecycle implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(RouterLifecycle.class);
    private static final Duration GLANCE = Duration.ofMillis(20);
    private static final int CALM_GLANCES = 5;

    private final RouterLinks links;
    private final Duration lease;
    private final Duration drainTimeout;
    private volatile Disposable clockwork = Disposables.disposed();

    RouterLifecycle(RouterLinks links, Duration lease, Duration drainTimeout) {
        this.links = links;
        this.lease = lease;
        this.drainTimeout = drainTimeout;
    }

    @Override
    public void start() {
        Disposable complete = Mono.delay(lease).subscribe(now -> links.catalogueIsComplete());
        LeaseWatch watch = new LeaseWatch(links, lease, System::nanoTime);
        Disposable leases = Flux.interval(watch.period()).onBackpressureDrop().subscribe(now -> look(watch));
        clockwork = Disposables.composite(complete, leases);
    }

    private static void look(LeaseWatch watch) {
        try {
            watch.tick();
        } catch (RuntimeException e) {
            // Thrown on, it would stop this clockwork, and nobody would ever give up a host again.
            log.error("A fault in this process while it looked after its links.", e);
        }
    }

    @Override
    public boolean isRunning() {
        return !clockwork.isDisposed();
    }

    @Override
    public void stop() {
        stop(() -> {});
    }

    /** Peers turn to other routers once they are told; the links end when nothing has been in flight for a while. */
    @Override
    public void stop(Runnable callback) {
        clockwork.dispose();
        links.drain();
        Flux.interval(GLANCE)
                .map(glance -> links.isIdle())
                .scan(0, (calm, idle) -> idle ? calm + 1 : 0)
                .filter(calm -> calm >= CALM_GLANCES)
                .next()
                .timeout(
                        drainTimeout,
                        Mono.fromRunnable(() -> log.warn(
                                "Stopping with {} queries in flight: sluice.router.drain-timeout is over.",
                                links.inFlight())))
                .doFinally(end -> {
                    links.closeAll("this router is stopping");
                    callback.run();
                })
                .subscribe();
    }

    @Override
    public int getPhase() {
        return DEFAULT_PHASE;
    }
}
