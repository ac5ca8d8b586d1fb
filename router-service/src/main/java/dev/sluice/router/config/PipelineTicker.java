package dev.sluice.router.config;

import dev.sluice.router.pipeline.Pipelines;
import java.time.Duration;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;

/** Lets pipelines look at the time while the router runs, until its last link has ended. */
final class PipelineTicker implements SmartLifecycle {

    /** Short beside any SLO that a pipeline of several queries can have. */
    private static final Duration PERIOD = Duration.ofMillis(5);

    private final Pipelines pipelines;
    private volatile Disposable ticks = Disposables.disposed();

    PipelineTicker(Pipelines pipelines) {
        this.pipelines = pipelines;
    }

    @Override
    public void start() {
        ticks = Flux.interval(PERIOD).onBackpressureDrop().subscribe(tick -> pipelines.tick());
    }

    @Override
    public void stop() {
        ticks.dispose();
    }

    @Override
    public boolean isRunning() {
        return !ticks.isDisposed();
    }

    /** Stopped after what drains the router. */
    @Override
    public int getPhase() {
        return RedisFleetLifecycle.AFTER_THE_CLIENT + 1;
    }
}
