package dev.sluice.scheduling;

import java.util.Arrays;

/**
 * One replica as its {@link Fleet} knows it: whether it is free, when it is likely to be, how slow it is and how often it
 * fails. Not thread-safe.
 */
public final class TrackedReplica {

    private static final int REMEMBERED = 9;
    private static final double NOTABLE = 1.25;

    private final Object id;

    /** The last ratios of measured to typical time. */
    private final double[] ratios = new double[REMEMBERED];

    private final double[] sorted = new double[REMEMBERED];
    private int measured;
    private double slowdown = 1;

    boolean up = true;
    boolean free = true;
    int running;
    long startedAt;
    long freeSince;
    long endsAt;
    double failures;
    long shunnedUntil;
    boolean shunned;

    TrackedReplica(Object id) {
        this.id = id;
    }

    /** What its owner calls it. */
    public Object id() {
        return id;
    }

    /** How many times longer a batch takes here than on an ordinary replica; 1 where there is no notable difference. */
    public double slowdown() {
        return slowdown;
    }

    /** The recent share of batches that failed here, 0 to 1. */
    public double failureShare() {
        return failures;
    }

    /** Whether it is left alone for now, since it fails more often than the others. */
    public boolean isShunned() {
        return shunned;
    }

    public boolean isFree() {
        return free;
    }

    void measured(double ratio) {
        ratios[measured % REMEMBERED] = ratio;
        measured++;
        int count = Math.min(measured, REMEMBERED);
        if (count < 3) {
            // The first batches of a slow replica would promise too much otherwise; those of a quick one too little.
            slowdown = count == 1 ? (ratio > 2 ? ratio : 1) : slowdown;
            return;
        }
        System.arraycopy(ratios, 0, sorted, 0, count);
        Arrays.sort(sorted, 0, count);
        double median = sorted[count / 2];
        slowdown = median > NOTABLE || median < 1 / NOTABLE ? median : 1;
    }

    void forgetSpeed() {
        measured = 0;
        slowdown = 1;
    }

    /** Lower is better: what a free replica is chosen by. */
    double cost() {
        // One that seems quicker than it can be may be quick to fail.
        return Math.max(1, slowdown) * (1 + 4 * failures);
    }
}
