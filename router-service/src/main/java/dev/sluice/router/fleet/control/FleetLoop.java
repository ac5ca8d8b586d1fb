package dev.sluice.router.fleet.control;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;

/** Lets the controller look, again and again, on one thread. */
public final class FleetLoop implements Disposable {

    private static final Logger log = LoggerFactory.getLogger(FleetLoop.class);

    /** Short beside what a replica takes to start, long beside what a look takes. */
    private static final Duration PERIOD = Duration.ofMillis(100);

    private final Goals goals;
    private final FleetController controller;
    private final StoreRestores restores;
    private final Scheduler thread;
    private final LongSupplier clock;
    private final Disposable.Swap task = Disposables.swap();
    private long from;

    /**
     * @param thread of this loop alone; disposed with it
     * @param clock monotonic, in nanoseconds
     */
    public FleetLoop(Goals goals, FleetController controller, Scheduler thread, LongSupplier clock) {
        this.goals = goals;
        this.controller = controller;
        this.restores = new StoreRestores(goals);
        this.thread = thread;
        this.clock = clock;
    }

    /**
     * @param after what time the first look is: before a lease is over, hosts that live may not have linked yet. How queries are divided
     *     holds from the beginning
     */
    public void start(Duration after) {
        from = clock.getAsLong() + after.toNanos();
        controller.begin();
        goals.start();
        task.update(thread.schedulePeriodically(this::look, 0, PERIOD.toNanos(), TimeUnit.NANOSECONDS));
    }

    private void look() {
        try {
            long now = clock.getAsLong();
            goals.now().ifPresent(desired -> {
                if (now - from >= 0) {
                    controller.look(desired, now);
                    restores.look(desired, controller.view().hosts());
                } else {
                    controller.divide(desired);
                }
            });
        } catch (RuntimeException e) {
            // Thrown on, it would stop this clockwork, and the fleet would be left to itself.
            log.error("A fault in this router while it looked after the fleet.", e);
        }
    }

    @Override
    public void dispose() {
        task.dispose();
        restores.dispose();
        goals.dispose();
        thread.dispose();
    }
}
