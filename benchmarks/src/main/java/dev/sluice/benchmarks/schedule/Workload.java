package dev.sluice.benchmarks.schedule;

import java.util.List;

/**
 * What is asked of how many replicas.
 *
 * @param name as the table shows it
 * @param cost what a batch takes
 * @param replicas how many serve one actor
 * @param load offered, in multiples of what the replicas can do at most with these classes
 * @param kind of arrivals
 * @param classes of SLOs, at least one
 * @param tenants who asks, at least one
 * @param conditions what the replicas and clients are like
 */
record Workload(
        String name,
        BatchCost cost,
        int replicas,
        double load,
        ArrivalProcess.Kind kind,
        List<SloShare> classes,
        List<TenantShare> tenants,
        Conditions conditions) {

    /** Part of the queries has this SLO. */
    record SloShare(double sloNanos, double share) {}

    /** Part of the queries comes from this tenant. */
    record TenantShare(String name, double share, int priority) {}

    /**
     * @param noise the relative standard deviation of batch times
     * @param tail the same of their logarithm, on top: batch times with a heavy tail
     * @param slowReplicas how many are three times slower
     * @param pauseEveryNanos the mean time between pauses of 100 ms of a replica; infinite for none
     * @param retries how often a client sends a refused query again
     * @param cancel whether clients give up when their SLO has passed
     * @param roundTripNanos between router and replicas; a batch is staged one round trip before the end of another
     * @param explored whether batches are run before there is traffic; else all is learnt from it, and counted from the start
     */
    record Conditions(
            double noise,
            double tail,
            int slowReplicas,
            double pauseEveryNanos,
            int retries,
            boolean cancel,
            double roundTripNanos,
            boolean explored) {
        static final Conditions CALM = new Conditions(0, 0, 0, Double.POSITIVE_INFINITY, 0, false, 0, true);

        Conditions noise(double sigma) {
            return new Conditions(
                    sigma, tail, slowReplicas, pauseEveryNanos, retries, cancel, roundTripNanos, explored);
        }

        Conditions tail(double sigma) {
            return new Conditions(
                    noise, sigma, slowReplicas, pauseEveryNanos, retries, cancel, roundTripNanos, explored);
        }

        Conditions slow(int replicas) {
            return new Conditions(noise, tail, replicas, pauseEveryNanos, retries, cancel, roundTripNanos, explored);
        }

        Conditions pausing(double everyNanos) {
            return new Conditions(noise, tail, slowReplicas, everyNanos, retries, cancel, roundTripNanos, explored);
        }

        Conditions retrying(int times) {
            return new Conditions(noise, tail, slowReplicas, pauseEveryNanos, times, cancel, roundTripNanos, explored);
        }

        Conditions cancelling() {
            return new Conditions(noise, tail, slowReplicas, pauseEveryNanos, retries, true, roundTripNanos, explored);
        }

        Conditions far(double tripNanos) {
            return new Conditions(noise, tail, slowReplicas, pauseEveryNanos, retries, cancel, tripNanos, explored);
        }

        Conditions unexplored() {
            return new Conditions(noise, tail, slowReplicas, pauseEveryNanos, retries, cancel, roundTripNanos, false);
        }
    }

    /** Whether the rate changes, so that the bound has to follow it. */
    boolean isModulated() {
        return kind == ArrivalProcess.MMPP || kind == ArrivalProcess.STEP;
    }

    static Workload standard(String name, double load) {
        return new Workload(
                name,
                BatchCost.STANDARD,
                8,
                load,
                ArrivalProcess.POISSON,
                List.of(new SloShare(100e6, 1)),
                List.of(new TenantShare("", 1, 0)),
                Conditions.CALM);
    }

    Workload arriving(ArrivalProcess.Kind other) {
        return new Workload(name, cost, replicas, load, other, classes, tenants, conditions);
    }

    Workload with(Conditions other) {
        return new Workload(name, cost, replicas, load, kind, classes, tenants, other);
    }

    Workload slos(SloShare... others) {
        return new Workload(name, cost, replicas, load, kind, List.of(others), tenants, conditions);
    }

    Workload tenants(List<TenantShare> others) {
        return new Workload(name, cost, replicas, load, kind, classes, others, conditions);
    }

    Workload on(int otherReplicas, BatchCost otherCost) {
        return new Workload(name, otherCost, otherReplicas, load, kind, classes, tenants, conditions);
    }
}
