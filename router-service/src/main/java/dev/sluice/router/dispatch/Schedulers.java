package dev.sluice.router.dispatch;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.actor.SchedulerNames;
import dev.sluice.scheduling.DeadlineScheduler;
import dev.sluice.scheduling.DeadlineSettings;
import dev.sluice.scheduling.FifoScheduler;
import dev.sluice.scheduling.Fleet;
import dev.sluice.scheduling.MethodPlan;
import dev.sluice.scheduling.QueueLimits;
import dev.sluice.scheduling.Scheduler;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The scheduler that an actor asks for. */
final class Schedulers {

    private Schedulers() {}

    /** @throws IllegalArgumentException where the actor cannot be scheduled as it asks to be */
    static void check(ActorDescriptor actor, QueueLimits limits) {
        create(actor, limits, new Fleet());
    }

    static Scheduler create(ActorDescriptor actor, QueueLimits limits, Fleet fleet) {
        List<MethodPlan> plans = actor.methods().stream()
                .map(method -> new MethodPlan(
                        method.name(), method.maxBatchSize(), TimeUnit.MICROSECONDS.toNanos(method.maxWaitMicros())))
                .toList();
        return switch (actor.scheduler()) {
            case SchedulerNames.FIFO -> new FifoScheduler(plans, limits);
            case SchedulerNames.DEADLINE -> new DeadlineScheduler(plans, limits, fleet, DeadlineSettings.DEFAULT);
            default ->
                throw new IllegalArgumentException("The actor '" + actor.name() + "' asks for the scheduler '"
                        + actor.scheduler() + "'; there are 'fifo' and 'deadline'.");
        };
    }
}
