package dev.sluice.benchmarks.schedule;

import dev.sluice.scheduling.BatchRule;
import dev.sluice.scheduling.DeadlineScheduler;
import dev.sluice.scheduling.DeadlineSettings;
import dev.sluice.scheduling.FifoScheduler;
import dev.sluice.scheduling.Fleet;
import dev.sluice.scheduling.MethodPlan;
import dev.sluice.scheduling.QueueLimits;
import dev.sluice.scheduling.Scheduler;
import java.util.List;

/** A way to schedule: of the production core, or a baseline. */
enum Policy {
    /** The production {@code deadline} scheduler as it is by default. */
    DEADLINE("deadline") {
        @Override
        Scheduler create(Workload workload, Fleet fleet) {
            return deadline(workload, fleet, BatchRule.CLIMB);
        }
    },
    /** The same with the other batch rule. */
    TARGET_WINDOW("target window") {
        @Override
        Scheduler create(Workload workload, Fleet fleet) {
            return deadline(workload, fleet, BatchRule.TARGET_WINDOW);
        }
    },
    /** The production {@code fifo} scheduler with a window of 5 ms. */
    FIFO("fifo, 5 ms") {
        @Override
        Scheduler create(Workload workload, Fleet fleet) {
            return new FifoScheduler(
                    List.of(new MethodPlan(SimQuery.METHOD, bestSize(workload), WINDOW_NANOS)), LIMITS);
        }
    },
    EDF("EDF, no drop") {
        @Override
        Scheduler create(Workload workload, Fleet fleet) {
            return new BaselineScheduler.Edf(bestSize(workload));
        }
    },
    LARGEST_FIT("largest fit") {
        @Override
        Scheduler create(Workload workload, Fleet fleet) {
            return new BaselineScheduler.LargestFit(workload.cost());
        }
    },
    BUFFER_TIMEOUT("bufferTimeout") {
        @Override
        Scheduler create(Workload workload, Fleet fleet) {
            return new BaselineScheduler.BufferTimeout(bestSize(workload), WINDOW_NANOS);
        }
    };

    private static final long WINDOW_NANOS = 5_000_000;
    private static final QueueLimits LIMITS = new QueueLimits(Integer.MAX_VALUE, Long.MAX_VALUE);

    private final String label;

    Policy(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    abstract Scheduler create(Workload workload, Fleet fleet);

    private static Scheduler deadline(Workload workload, Fleet fleet, BatchRule rule) {
        MethodPlan plan = new MethodPlan(SimQuery.METHOD, workload.cost().maxBatchSize(), 0);
        return new DeadlineScheduler(List.of(plan), LIMITS, fleet, DeadlineSettings.DEFAULT.withBatchRule(rule));
    }

    /** Those that learn nothing are given the best batch size of the tightest class. */
    private static int bestSize(Workload workload) {
        double slo = workload.classes().stream()
                .mapToDouble(Workload.SloShare::sloNanos)
                .min()
                .orElseThrow();
        return Math.max(1, workload.cost().bestSize(slo, workload.replicas(), 1));
    }
}
