package dev.sluice.scheduling;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One replica as its {@link Fleet} knows it: whether it is free, when it is likely to be, how slow it is and how often it
 * fails. Not thread-safe.
 */
public final class TrackedReplica {

    private static final int REMEMBERED = 9;

    /** From so many batches on their median tells how slow it is. */
    private static final int ENOUGH = 3;

    private static final double NOTABLE = 1.25;

    /** One that all that waited passed over is tried after so long; twice as long after each trial that shows it still is. */
    private static final long FIRST_TRIAL_NANOS = 1_000_000_000;

    private static final long LAST_TRIAL_NANOS = 16_000_000_000L;

    /** A replica that fails always counts as so many times worse, and one. */
    private static final double FAILURE_PENALTY = 4;

    private final Object id;
    private final HostKind kind;

    /** The last ratios of measured to typical time. */
    private final double[] ratios = new double[REMEMBERED];

    private final double[] sorted = new double[REMEMBERED];
    private int measured;
    private double slowdown = 1;
    private boolean passedOver;
    private long passedOverSince;
    private long trialAfter = FIRST_TRIAL_NANOS;

    boolean up = true;

    /** Whether a batch could be sent to it, but that it may be shunned. */
    boolean free;

    /** Batches that were sent and have not ended: one, or one and another that is staged behind it. */
    int running;

    /** When the batch that runs began. */
    long startedAt;

    long freeSince;

    /** When all that was sent to it is likely to be done; for one that is shunned, no sooner than that is over. */
    long endsAt;

    /** When the batch that runs is likely to end. */
    long runEndsAt;

    /** What the batch that runs is expected to take, and after what time it is late. */
    long expectedNanos;

    long lateAfter = Long.MAX_VALUE;

    /** The same of the batch that is staged. */
    long stagedNanos;

    long stagedLateAfter = Long.MAX_VALUE;

    /** Whether the batch that runs was sent to another one too. */
    boolean hedged;

    /** The queue that its last batch was made for. */
    private @Nullable ClassQueue lastServed;

    double failures;
    boolean distrusted;
    long shunnedUntil;
    boolean shunned;

    TrackedReplica(Object id, HostKind kind) {
        this.id = id;
        this.kind = kind;
    }

    /** What its owner calls it. */
    public Object id() {
        return id;
    }

    HostKind kind() {
        return kind;
    }

    /**
     * How many times longer a batch takes here than on others of its kind of host; 1 where there is no notable
     * difference.
     */
    public double slowdown() {
        return slowdown;
    }

    /** How many times longer a batch takes here than on an ordinary replica of any kind. */
    public double pace() {
        return slowdown * kind.pace();
    }

    /** The recent share of batches that failed here, 0 to 1. */
    public double failureShare() {
        return failures;
    }

    /** Whether it is left alone for now, since it fails more often than the others or is far slower. */
    public boolean isShunned() {
        return shunned;
    }

    /** Whether it was left alone, and has not shown since that it fails no more. */
    public boolean isDistrusted() {
        return distrusted;
    }

    public boolean isFree() {
        return free;
    }

    void measured(double ratio, long now) {
        if (ratio <= NOTABLE) {
            trialAfter = slowdown > 1 ? 0 : FIRST_TRIAL_NANOS;
        } else if (passedOver && now - passedOverSince >= trialAfter) {
            trialAfter = Math.min(LAST_TRIAL_NANOS, Math.max(FIRST_TRIAL_NANOS, 2 * trialAfter));
        }
        passedOver = false;
        ratios[measured % REMEMBERED] = ratio;
        measured++;
        int count = Math.min(measured, REMEMBERED);
        if (count < ENOUGH) {
            // The first batches of a slow replica would promise too much otherwise; those of a quick one too little.
            slowdown = count == 1 ? (ratio > 2 ? ratio : 1) : slowdown;
            return;
        }
        System.arraycopy(ratios, 0, sorted, 0, count);
        Arrays.sort(sorted, 0, count);
        double median = sorted[count / 2];
        slowdown = median > NOTABLE || median < 1 / NOTABLE ? median : 1;
    }

    /** Nothing that waits can be done here in time. Whether that has been so for so long that a query is worth to see if it still is. */
    boolean isTrialDue(long now) {
        if (slowdown <= NOTABLE || running > 0) {
            return false;
        }
        if (!passedOver) {
            passedOver = true;
            passedOverSince = now;
        }
        return now - passedOverSince >= trialAfter;
    }

    /** Whether it takes, and took the last time, so many times the typical time: seen often enough not to be its first batches. */
    boolean isSlower(double times) {
        return measured >= ENOUGH && slowdown >= times && ratios[(measured - 1) % REMEMBERED] >= times;
    }

    /** How long to leave it alone before the next trial: twice as long each time, until one goes well. */
    long untilNextTrial() {
        long after = Math.max(FIRST_TRIAL_NANOS, trialAfter);
        trialAfter = Math.min(LAST_TRIAL_NANOS, 2 * after);
        return after;
    }

    void forgetSpeed() {
        measured = 0;
        slowdown = 1;
    }

    @Nullable ClassQueue lastServed() {
        return lastServed;
    }

    /** It gets a batch that was made for this queue; null when it is gone. */
    void serves(@Nullable ClassQueue queue) {
        if (lastServed != null) {
            lastServed.held--;
        }
        lastServed = queue;
        if (queue != null) {
            queue.held++;
        }
    }

    private double penalty() {
        return 1 + FAILURE_PENALTY * failures;
    }

    /** Lower is better: what a free replica is chosen by. */
    double cost() {
        // One that seems quicker than it can be may be quick to fail.
        return Math.max(1, slowdown) * kind.pace() * penalty();
    }

    SchedulerView.ReplicaView view() {
        return new SchedulerView.ReplicaView(
                id.toString(), kind.name(), running, slowdown, pace(), failures, penalty(), shunned);
    }
}
