package dev.sluice.router.fleet.control;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
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
    private final Consumer<Desired> follower;
    private final FleetController controller;
    private final StoreRestores restores;
    private final Scheduler thread;
    private final LongSupplier clock;
    private final Disposable.Swap task = Disposables.swap();
    private @Nullable Settling settling;

    /**
     * @param follower told what is wanted before every look, and from the start on
     * @param thread of this loop alone; disposed with it
     * @param clock monotonic, in nanoseconds
     */
    public FleetLoop(
            Goals goals, Consumer<Desired> follower, FleetController controller, Scheduler thread, LongSupplier clock) {
        this.goals = goals;
        this.follower = follower;
        this.controller = controller;
        this.restores = new StoreRestores(goals);
        this.thread = thread;
        this.clock = clock;
    }

    /**
     * How queries are divided holds from the beginning; what is placed where waits until hosts that live had the time to link.
     *
     * @param lease of links
     */
    public void start(Duration lease) {
        settling = new Settling(clock.getAsLong(), lease.toNanos());
        controller.begin();
        goals.start();
        task.update(thread.schedulePeriodically(this::look, 0, PERIOD.toNanos(), TimeUnit.NANOSECONDS));
    }

    private void look() {
        try {
            long now = clock.getAsLong();
            goals.now().ifPresent(desired -> look(desired, now));
        } catch (RuntimeException e) {
            // Thrown on, it would stop this clockwork, and the fleet would be left to itself.
            log.error("A fault in this router while it looked after the fleet.", e);
        }
    }

    private void look(Desired desired, long now) {
        follower.accept(desired);
        Settling until = settling;
        if (until == null || until.isOver(now, controller.occupiedHosts())) {
            if (controller.hasHosts()) {
                settling = null;
            }
            controller.look(desired, now);
            restores.look(desired, controller.view().hosts());
        } else if (until.knowsRouters(now)) {
            controller.watch(desired);
        } else {
            controller.divide(desired);
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
