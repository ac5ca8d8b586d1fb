package dev.sluice.benchmarks.schedule;

import dev.sluice.benchmarks.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Runs every workload, one after the other, on one thread. */
final class ScheduleRun {

    private static final double TIMED_NANOS = 20e9;

    private final SchedulePlan plan;
    private final Consumer<String> progress;
    private final List<Result> results = new ArrayList<>();

    ScheduleRun(SchedulePlan plan, Consumer<String> progress) {
        this.plan = plan;
        this.progress = progress;
    }

    ScheduleReport run() {
        for (Workload workload : Workloads.poisson()) {
            withBaselines(workload);
        }
        for (Workload workload : Workloads.gamma()) {
            withBaselines(workload);
        }
        Workloads.mmpp().forEach(this::alone);
        Workload step = Workloads.step();
        alone(step);
        add(step, Policy.FIFO, plan.baselineSeeds());
        Workloads.twoClasses(50).forEach(this::withBaselines);
        Workloads.twoClasses(20).forEach(this::alone);
        Workloads.noise(3).forEach(this::alone);
        Workloads.noise(10).forEach(this::alone);
        Workloads.slowReplica().forEach(this::alone);
        Workloads.pauses().forEach(this::alone);
        Workloads.retries().forEach(this::alone);
        alone(Workloads.modestTenants());
        alone(Workloads.greedyTenant());
        alone(Workloads.priorities());
        progress.accept("how cost grows");
        List<ScaleRun.Row> scale = new ScaleRun(plan.scaleNanos()).all();
        return new ScheduleReport(plan, results, scale, timed());
    }

    /** The time of single decisions: of the best of some runs, since this machine does other things as well. */
    private Tally timed() {
        Tally best = null;
        for (int seed = 1; seed <= 3; seed++) {
            Workload workload = Workload.standard("timed", 1.2);
            Tally tally = new Simulation(
                            workload, Policy.DEADLINE, seed, 5e9, Math.min(TIMED_NANOS, 5 * plan.measuredNanos()))
                    .timed()
                    .run();
            if (best == null
                    || tally.decisionNanos.getValueAtPercentile(99) < best.decisionNanos.getValueAtPercentile(99)) {
                best = tally;
            }
        }
        if (best == null) {
            throw new IllegalStateException("Nothing was timed");
        }
        return best;
    }

    private void withBaselines(Workload workload) {
        alone(workload);
        for (Policy policy : Policy.values()) {
            if (policy != Policy.DEADLINE) {
                add(workload, policy, plan.baselineSeeds());
            }
        }
    }

    private void alone(Workload workload) {
        add(workload, Policy.DEADLINE, plan.seeds());
    }

    private void add(Workload workload, Policy policy, int seeds) {
        Result result = new Experiment(seeds, plan.measuredNanos()).run(workload, policy);
        results.add(result);
        progress.accept(workload.name() + ", " + policy.label() + ": " + Table.decimals(100 * result.ofBound(), 1)
                + " % of what is possible");
    }
}
