package dev.sluice.benchmarks.schedule;

import dev.sluice.benchmarks.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Runs every workload, one after the other, on one thread. */
final class ScheduleRun {

    private static final double TIMED_NANOS = 20e9;
    private static final int TIMED_RUNS = 3;

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
        Workloads.cancelling().forEach(this::alone);
        Workloads.tail().forEach(this::alone);
        Workloads.far().forEach(this::alone);
        Workloads.unexplored().forEach(this::alone);
        alone(Workloads.modestTenants());
        alone(Workloads.greedyTenant());
        alone(Workloads.priorities());
        progress.accept("how cost grows");
        List<ScaleRun.Row> scale = new ScaleRun(plan.scaleNanos()).all();
        return new ScheduleReport(plan, results, scale, timed());
    }

    /** The time of single decisions, of several runs: this machine does other things as well. */
    private List<Tally> timed() {
        List<Tally> tallies = new ArrayList<>();
        for (int seed = 1; seed <= TIMED_RUNS; seed++) {
            Workload workload = Workload.standard("timed", 1.2);
            double nanos = Math.min(TIMED_NANOS, 5 * plan.measuredNanos());
            tallies.add(new Simulation(workload, Policy.DEADLINE, seed, plan.warmUpNanos(), nanos)
                    .timed()
                    .run());
        }
        return tallies;
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
        Result result = new Experiment(seeds, plan.warmUpNanos(), plan.measuredNanos()).run(workload, policy);
        results.add(result);
        progress.accept(workload.name() + ", " + policy.label() + ": " + Table.decimals(100 * result.ofBound(), 1)
                + " % of what is possible");
    }
}
