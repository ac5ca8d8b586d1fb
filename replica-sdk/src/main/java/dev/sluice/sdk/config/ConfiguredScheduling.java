package dev.sluice.sdk.config;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.actor.ActorScheduling;
import dev.sluice.common.config.ActorLimits;
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
        ActorScheduling scheduling = new ActorScheduling(
                Optional.ofNullable(settings.deferral()),
                Optional.ofNullable(settings.hedging()),
                Optional.ofNullable(settings.hedgeShare()),
                settings.tenantWeights(),
                Optional.ofNullable(settings.priorityWeight()),
                Optional.ofNullable(settings.mostTenants()));
        ActorLimits.refusing("sluice.actors." + actor.name())
                .scheduling(scheduling, Optional.of(scheduler), Optional.of(actor.idempotent()));
        return scheduling;
    }
}
