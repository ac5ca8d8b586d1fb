package dev.sluice.router.dispatch;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.actor.ActorScheduling;
import dev.sluice.common.actor.SchedulerNames;
import dev.sluice.scheduling.DeadlineScheduler;
import dev.sluice.scheduling.DeadlineSettings;
import dev.sluice.scheduling.FifoScheduler;
import dev.sluice.scheduling.Fleet;
import dev.sluice.scheduling.MethodPlan;
import dev.sluice.scheduling.Scheduler;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The scheduler that an actor asks for. */
final class Schedulers {

    private Schedulers() {}

    /** @throws IllegalArgumentException where the actor cannot be scheduled as it asks to be */
    static void check(ActorDescriptor actor, DispatchSettings settings) {
        create(actor, settings, new Fleet());
    }

    static Scheduler create(ActorDescriptor actor, DispatchSettings settings, Fleet fleet) {
        List<MethodPlan> plans = actor.methods().stream()
                .map(method -> new MethodPlan(
                        method.name(), method.maxBatchSize(), TimeUnit.MICROSECONDS.toNanos(method.maxWaitMicros())))
                .toList();
        return switch (actor.scheduler()) {
            case SchedulerNames.FIFO -> new FifoScheduler(plans, settings.limits(), fleet);
            case SchedulerNames.DEADLINE ->
                new DeadlineScheduler(plans, settings.limits(), fleet, deadline(actor, settings.deadline()));
            default ->
                throw new IllegalArgumentException("The actor '" + actor.name() + "' asks for the scheduler '"
                        + actor.scheduler() + "'; there are 'fifo' and 'deadline'.");
        };
    }

    /** The router's settings with what the actor asks for laid over. What must not run twice is never hedged. */
    static DeadlineSettings deadline(ActorDescriptor actor, DeadlineSettings usual) {
        ActorScheduling asked = actor.scheduling().orElse(ActorScheduling.UNSET);
        return new DeadlineSettings(
                usual.batchRule(),
                asked.deferral().orElse(usual.deferral()),
                actor.idempotent() && asked.hedging().orElse(usual.hedging()),
                asked.hedgeShare().orElse(usual.hedgeShare()),
                asked.tenantWeights().isEmpty() ? usual.tenantWeights() : asked.tenantWeights(),
                asked.priorityWeight().orElse(usual.priorityWeight()),
                asked.mostTenants().orElse(usual.mostTenants()));
    }
}
