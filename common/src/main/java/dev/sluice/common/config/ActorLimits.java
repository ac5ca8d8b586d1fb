package dev.sluice.common.config;

import dev.sluice.common.actor.ActorScheduling;
import dev.sluice.common.actor.SchedulerNames;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What settings of an actor make sense, whoever makes them: the host that has its class, the actors file, or an operator.
 *
 * @param problems is told of each that does not
 */
public record ActorLimits(Consumer<Problem> problems) {

    /** Queries in a batch. */
    public static final int LARGEST_BATCH = 65_535;

    public static final Duration SHORTEST_SLO = Duration.ofMillis(1);

    public static final Duration LONGEST_SLO = Duration.ofHours(24);

    /**
     * Refuses the first that does not, with a {@link SettingRefused}.
     *
     * @param prefix of the settings' keys
     */
    public static ActorLimits refusing(String prefix) {
        return new ActorLimits(problem -> {
            throw problem.in(prefix).refused();
        });
    }

    /** One of {@link SchedulerNames}. */
    public void scheduler(String name) {
        require(
                SchedulerNames.ALL.contains(name),
                "scheduler",
                name,
                "Write 'fifo' (order of arrival) or 'deadline' (the most urgent first).");
    }

    /**
     * From a millisecond to a day.
     *
     * @param written how it is shown to who set it
     */
    public void slo(Duration slo, String written) {
        require(
                slo.compareTo(SHORTEST_SLO) >= 0 && slo.compareTo(LONGEST_SLO) <= 0,
                "slo",
                written,
                "Write a duration from 1ms to " + LONGEST_SLO.toHours() + "h.");
    }

    /** From 1 to {@link #LARGEST_BATCH}. */
    public void maxBatchSize(int size) {
        require(
                size >= 1 && size <= LARGEST_BATCH,
                "max-batch-size",
                size,
                "Write a number from 1 to " + LARGEST_BATCH + ".");
    }

    /**
     * Not negative.
     *
     * @param written how it is shown to who set it
     */
    public void maxWait(Duration wait, String written) {
        require(!wait.isNegative(), "max-wait", written, "Write 0 or a duration such as 5ms.");
    }

    /**
     * @param scheduler that the actor has, where that is known
     * @param idempotent whether its queries may run twice, where that is known
     */
    public void scheduling(ActorScheduling scheduling, Optional<String> scheduler, Optional<Boolean> idempotent) {
        if (scheduler.isPresent() && !scheduler.get().equals(SchedulerNames.DEADLINE)) {
            problems.accept(new Problem(
                    "scheduling",
                    "is set, and the scheduler of this actor is '" + scheduler.get() + "', which looks at none of it",
                    "Take the settings away, or set its scheduler to 'deadline'."));
        }
        SchedulingLimits limits = new SchedulingLimits(problem -> problems.accept(problem.in("scheduling")));
        scheduling.hedgeShare().ifPresent(limits::hedgeShare);
        scheduling.priorityWeight().ifPresent(limits::priorityWeight);
        scheduling.mostTenants().ifPresent(limits::mostTenants);
        limits.tenantWeights(scheduling.tenantWeights());
        require(
                idempotent.orElse(true) || !scheduling.hedging().orElse(false),
                "scheduling.hedging",
                true,
                "Its queries must not run twice: set 'idempotent' if in truth they may, or leave hedging off.");
    }

    private void require(boolean holds, String field, Object value, String action) {
        if (!holds) {
            problems.accept(new Problem(field, "is " + value, action));
        }
    }
}
