package dev.sluice.scheduling;

/**
 * One party to a {@linkplain FairShares division} of the replicas' time: what it asks for, what it may have, what it has
 * used. Not thread-safe.
 */
final class Share {

    private static final double HORIZON_NANOS = 100e6;

    private final double weight;

    /** The replica time that its queries ask for. */
    final DecayingRate asked = new DecayingRate(HORIZON_NANOS);

    /** The same per nanosecond, when the shares were last divided. */
    double demand;

    /** What it may use per nanosecond: its demand, or less if it is greedy. */
    double allowed;

    /** Whether it asks for more than its part. */
    boolean greedy;

    /** Whether it has not asked for so long that it is no party any more. */
    boolean left;

    long lastAskedAt;
    long accepted;
    final ReasonCounts turnedAway = new ReasonCounts();

    /** The replica time that it may use at once, in nanoseconds; negative when it has used too much. */
    private double credit;

    private long creditAt;
    private boolean credited;

    Share(double weight) {
        this.weight = weight;
    }

    double weight() {
        return weight;
    }

    void ask(double nanos, long now) {
        asked.add(nanos, now);
        lastAskedAt = now;
    }

    /** Whether it has credit left, after letting it grow at this rate until now, up to a bound. It begins with that. */
    boolean hasCredit(double perNano, double most, long now) {
        double elapsed = credited ? Math.max(0, now - creditAt) : 0;
        credit = credited ? Math.min(most, credit + perNano * elapsed) : most;
        credited = true;
        creditAt = now;
        return credit >= 0;
    }

    /** How much more it has used than it might. */
    double owes() {
        return Math.max(0, -credit);
    }

    void use(double nanos) {
        credit -= nanos;
    }
}
