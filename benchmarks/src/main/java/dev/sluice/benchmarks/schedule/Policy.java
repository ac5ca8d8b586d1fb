package dev.sluice.benchmarks.schedule;

import dev.sluice.scheduling.DeadlineScheduler;
import dev.sluice.scheduling.DeadlineSettings;
import dev.sluice.scheduling.FifoScheduler;
import dev.sluice.scheduling.Fleet;
import dev.sluice.scheduling.MethodPlan;
import dev.sluice.scheduling.QueueLimits;
import dev.sluice.scheduling.Scheduler;
import java.util.List;

/** A way to schedule, of the production core or a baseline. */
enum Policy {
    FIFO(5_000_000) {
        @Override
        Scheduler create(List<MethodPlan> plans, QueueLimits limits, Fleet fleet) {
            return new FifoScheduler(plans, limits);
        }
    },
    DEADLINE(0) {
        @Override
        Scheduler create(List<MethodPlan> plans, QueueLimits limits, Fleet fleet) {
            return new DeadlineScheduler(plans, limits, fleet, DeadlineSettings.DEFAULT);
        }
    };

    private final long maxWaitNanos;

    Policy(long maxWaitNanos) {
        this.maxWaitNanos = maxWaitNanos;
    }

    long maxWaitNanos() {
        return maxWaitNanos;
    }

    abstract Scheduler create(List<MethodPlan> plans, QueueLimits limits, Fleet fleet);
}
