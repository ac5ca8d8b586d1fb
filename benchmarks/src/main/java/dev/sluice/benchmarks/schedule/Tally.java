package dev.sluice.benchmarks.schedule;

import org.HdrHistogram.Histogram;

/** What became of the queries that arrived while it was counted. */
final class Tally {

    final long[] offered;
    final long[] good;
    final long[] offeredByTenant;
    final long[] goodByTenant;
    final Histogram refusalNanos = new Histogram(10_000_000_000L, 3);

    /** The time of one look at the scheduler, with what it decides; only where it was asked for. */
    final Histogram decisionNanos = new Histogram(1_000_000_000L, 3);

    /** Answered in time, by the moment of arrival. */
    final long[] goodBySlice = new long[1_000];

    double lastFailureNanos;
    double queueSum;
    long events;
    long late;
    long interrupted;
    long shedOnArrival;
    long shedLater;
    long batches;
    long served;
    double busyNanos;
    long decisions;
    long coreNanos;

    Tally(int classes, int tenants) {
        offered = new long[classes];
        good = new long[classes];
        offeredByTenant = new long[tenants];
        goodByTenant = new long[tenants];
    }

    static final double SLICE_NANOS = 50e6;

    long totalOffered() {
        return sum(offered);
    }

    long totalGood() {
        return sum(good);
    }

    double lateShare() {
        return (double) late / Math.max(1, totalOffered());
    }

    double attainment() {
        return (double) totalGood() / Math.max(1, totalOffered());
    }

    double attainment(int sloClass) {
        return (double) good[sloClass] / Math.max(1, offered[sloClass]);
    }

    double tenantAttainment(int tenant) {
        return (double) goodByTenant[tenant] / Math.max(1, offeredByTenant[tenant]);
    }

    /** The 99th percentile of the time until a refused query was told, in milliseconds. */
    double refusalMillis() {
        return refusalNanos.getTotalCount() == 0 ? 0 : refusalNanos.getValueAtPercentile(99) / 1e6;
    }

    double decisionsPerSecond() {
        return decisions / Math.max(1e-9, coreNanos / 1e9);
    }

    private static long sum(long[] counts) {
        long sum = 0;
        for (long count : counts) {
            sum += count;
        }
        return sum;
    }
}
