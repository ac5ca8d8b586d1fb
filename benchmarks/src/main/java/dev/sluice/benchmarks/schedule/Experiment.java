package dev.sluice.benchmarks.schedule;

import dev.sluice.benchmarks.report.Median;

/** Runs one workload under one policy with several seeds, and puts the outcomes together. */
final class Experiment {

    private final int seeds;
    private final double warmUpNanos;
    private final double measuredNanos;

    Experiment(int seeds, double warmUpNanos, double measuredNanos) {
        this.seeds = seeds;
        this.warmUpNanos = warmUpNanos;
        this.measuredNanos = measuredNanos;
    }

    Result run(Workload workload, Policy policy) {
        FluidBound fluid = new FluidBound(workload);
        int classes = workload.classes().size();
        int tenants = workload.tenants().size();
        double[] offered = new double[classes];
        double[] good = new double[classes];
        double[] tenantOffered = new double[tenants];
        double[] tenantGood = new double[tenants];
        double bound = 0;
        double late = 0;
        double busy = 0;
        double refusal = 0;
        double[] decisions = new double[seeds];
        double recovery = 0;
        long[] slices = new long[0];
        double warmUp = workload.conditions().explored() ? warmUpNanos : 0;
        for (int seed = 1; seed <= seeds; seed++) {
            Simulation simulation = new Simulation(workload, policy, seed, warmUp, measuredNanos);
            Tally tally = simulation.run();
            double[] once = new double[classes];
            for (int i = 0; i < classes; i++) {
                once[i] = tally.offered[i];
                offered[i] += tally.offered[i];
                good[i] += tally.good[i];
            }
            for (int i = 0; i < tenants; i++) {
                tenantOffered[i] += tally.offeredByTenant[i];
                tenantGood[i] += tally.goodByTenant[i];
            }
            bound += workload.isModulated()
                    ? fluid.most(simulation.arrivals(), simulation.perNano(), warmUp, warmUp + measuredNanos)
                    : fluid.most(once, measuredNanos);
            late += tally.late;
            busy += tally.busyNanos;
            refusal = Math.max(refusal, tally.refusalMillis());
            decisions[seed - 1] = tally.decisionsPerSecond();
            recovery = Math.max(recovery, tally.lastFailureNanos - Modulated.STEP_DOWN_NANOS);
            slices = seed == 1 ? tally.goodBySlice : slices;
        }
        double all = sum(offered);
        double allGood = sum(good);
        double[] fair = fluid.fair(offered, seeds * measuredNanos);
        double[] ofFair = new double[classes];
        for (int i = 0; i < classes; i++) {
            ofFair[i] = good[i] / fair[i];
            good[i] /= offered[i];
        }
        for (int i = 0; i < tenants; i++) {
            tenantGood[i] /= tenantOffered[i];
        }
        return new Result(
                workload,
                policy,
                allGood / bound,
                allGood / all,
                good,
                ofFair,
                tenantGood,
                late / all,
                refusal,
                busy / allGood / 1e6,
                Median.of(decisions),
                Math.max(0, recovery) / 1e6,
                slices);
    }

    private static double sum(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum;
    }
}
