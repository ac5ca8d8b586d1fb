package dev.sluice.sdk.config;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.actor.ActorScheduling;
import dev.sluice.common.actor.SchedulerNames;
import dev.sluice.common.config.SchedulingLimits;
import dev.sluice.common.config.SettingRefused;
import dev.sluice.sdk.config.ActorsProperties.SchedulingProperties;
import java.util.Optional;

/** What configuration says of how an actor's queries are scheduled. */
final class ConfiguredScheduling {

    private ConfiguredScheduling() {}

    /**
     * @param scheduler that the actor has
     * @throws SettingRefused where a setting makes no sense for this actor
     */
    static ActorScheduling of(ActorDescriptor actor, String scheduler, SchedulingProperties settings) {
        String prefix = "sluice.actors." + actor.name() + ".scheduling";
        if (!scheduler.equals(SchedulerNames.DEADLINE)) {
            throw new SettingRefused(
                    prefix + " is set, and the scheduler of this actor is '" + scheduler
                            + "', which looks at none of it.",
                    "Take the settings away, or set its scheduler to 'deadline'.");
        }
        Optional<Double> hedgeShare = Optional.ofNullable(settings.hedgeShare());
        Optional<Double> priorityWeight = Optional.ofNullable(settings.priorityWeight());
        Optional<Integer> mostTenants = Optional.ofNullable(settings.mostTenants());
        SchedulingLimits limits = new SchedulingLimits(prefix);
        hedgeShare.ifPresent(limits::hedgeShare);
        priorityWeight.ifPresent(limits::priorityWeight);
        mostTenants.ifPresent(limits::mostTenants);
        limits.tenantWeights(settings.tenantWeights());
        limits.require(
                actor.idempotent() || !Boolean.TRUE.equals(settings.hedging()),
                "hedging",
                true,
                "Its queries must not run twice, as far as its class says: set 'idempotent' there, or leave hedging off.");
        return new ActorScheduling(
                Optional.ofNullable(settings.deferral()),
                Optional.ofNullable(settings.hedging()),
                hedgeShare,
                settings.tenantWeights(),
                priorityWeight,
                mostTenants);
    }
}
