package dev.sluice.scheduling;

/**
 * How much of something happens per nanosecond, lately: a sum that decays exponentially. Follows a change within about one
 * time constant; while young, averages over its age.
 */
final class DecayingRate {

    private final double horizonNanos;
    private double sum;
    private long at;
    private double age;
    private boolean started;

    DecayingRate(double horizonNanos) {
        this.horizonNanos = horizonNanos;
    }

    void add(double amount, long now) {
        decay(now);
        sum += amount;
    }

    /** Per nanosecond. */
    double perNano(long now) {
        decay(now);
        // The weights of the past add up to the horizon once the past is long.
        double weight = horizonNanos * (1 - Math.exp(-age / horizonNanos));
        return sum / Math.max(weight, horizonNanos / 16);
    }

    /** Per nanosecond, as of the last time that it was asked or added to. */
    double perNano() {
        double weight = horizonNanos * (1 - Math.exp(-age / horizonNanos));
        return sum / Math.max(weight, horizonNanos / 16);
    }

    private void decay(long now) {
        if (!started) {
            started = true;
            at = now;
        }
        double elapsed = now - at;
        if (elapsed > 0) {
            double x = elapsed / horizonNanos;
            sum *= x < 1e-3 ? 1 - x + x * x / 2 : Math.exp(-x);
            age = Math.min(age + elapsed, 64 * horizonNanos);
            at = now;
        }
    }
}
