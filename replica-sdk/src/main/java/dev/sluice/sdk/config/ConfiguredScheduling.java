package dev.sluice.sdk.config;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.actor.ActorScheduling;
import dev.sluice.common.actor.SchedulerNames;
import dev.sluice.common.config.SettingRefused;
import dev.sluice.sdk.config.ActorsProperties.SchedulingProperties;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What configuration says of how an actor's queries are scheduled. */
final class ConfiguredScheduling {

    private static final double HEAVIEST_PRIORITY = 1_000;

    private final String prefix;

    private ConfiguredScheduling(String actor) {
        this.prefix = "sluice.actors." + actor + ".scheduling";
    }

    /**
     * @param scheduler that the actor has
     * @throws SettingRefused where a setting makes no sense for this actor
     */
    static ActorScheduling of(ActorDescriptor actor, String scheduler, SchedulingProperties settings) {
        return new ConfiguredScheduling(actor.name()).checked(actor, scheduler, settings);
    }

    private ActorScheduling checked(ActorDescriptor actor, String scheduler, SchedulingProperties settings) {
        if (!scheduler.equals(SchedulerNames.DEADLINE)) {
            throw new SettingRefused(
                    prefix + " is set, and the scheduler of this actor is '" + scheduler
                            + "', which looks at none of it.",
                    "Take the settings away, or set its scheduler to 'deadline'.");
        }
        Double share = settings.hedgeShare();
        require(
                share == null || share >= 0 && share <= 1,
                "hedge-share",
                share,
                "Write a number from 0 to 1, such as 0.02.");
        Double priority = settings.priorityWeight();
        require(
                priority == null || priority >= 1 && priority <= HEAVIEST_PRIORITY,
                "priority-weight",
                priority,
                "Write a number from 1 (priorities are ignored) to 1000.");
        Integer tenants = settings.mostTenants();
        require(tenants == null || tenants >= 1, "most-tenants", tenants, "Write 1 or more.");
        settings.tenantWeights()
                .forEach((tenant, weight) -> require(
                        weight > 0 && weight <= Double.MAX_VALUE,
                        "tenant-weights." + tenant,
                        weight,
                        "Write a number above 0; 1 is usual."));
        require(
                actor.idempotent() || !Boolean.TRUE.equals(settings.hedging()),
                "hedging",
                true,
                "Its queries must not run twice, as far as its class says: set 'idempotent' there, or leave hedging off.");
        return new ActorScheduling(
                Optional.ofNullable(settings.deferral()),
                Optional.ofNullable(settings.hedging()),
                Optional.ofNullable(share),
                settings.tenantWeights(),
                Optional.ofNullable(priority),
                Optional.ofNullable(tenants));
    }

    private void require(boolean holds, String key, @Nullable Object value, String action) {
        if (!holds) {
            throw new SettingRefused(prefix + "." + key + " is " + value + ".", action);
        }
    }
}
