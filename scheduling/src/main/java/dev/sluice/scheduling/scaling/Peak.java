package dev.sluice.scheduling.scaling;

/** The most that was needed lately. Not thread-safe. */
final class Peak {

    private static final int PARTS = 32;
    private static final double FAR = 1e15;

    private final double[] most = new double[PARTS + 1];
    private final double partNanos;
    private boolean begun;
    private long beganAt;
    private long part;

    /** @param nanos how far back it looks, and up to a thirty-second part longer */
    Peak(double nanos) {
        this.partNanos = Math.max(1, nanos / PARTS);
    }

    void add(double needed, long now) {
        if (!begun) {
            begun = true;
            beganAt = now;
        }
        long current = Math.max(part, (long) Math.min(FAR, Math.max(0, now - beganAt) / partNanos));
        for (long next = Math.max(part + 1, current - PARTS); next <= current; next++) {
            most[slot(next)] = 0;
        }
        part = current;
        most[slot(part)] = Math.max(most[slot(part)], needed);
    }

    /** Infinite while it has not looked for so long. */
    double most() {
        if (part < PARTS) {
            return Double.POSITIVE_INFINITY;
        }
        double all = 0;
        for (double each : most) {
            all = Math.max(all, each);
        }
        return all;
    }

    private int slot(long index) {
        return (int) (index % most.length);
    }
}
