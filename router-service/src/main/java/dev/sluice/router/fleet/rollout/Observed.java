package dev.sluice.router.fleet.rollout;

/**
 * What became of one version's queries since they are judged, look by look. How far the mean of their times may be from the true one
 * is reckoned from how looks differ, not queries: those of one batch take the same time, so that a hundred of them may tell as little
 * as one. Not thread-safe.
 */
final class Observed {

    private VersionCounts last;
    private long answered;
    private long failed;
    private long looks;
    private double nanos;

    /** Over looks: of the times squared, of times by queries, and of queries squared. */
    private double nanosNanos;

    private double nanosAnswered;
    private double answeredAnswered;

    /** @param before what came before it is judged */
    Observed(VersionCounts before) {
        last = before;
    }

    void look(VersionCounts now) {
        VersionCounts since = now.since(last);
        last = now;
        failed += since.failed();
        if (since.answered() > 0) {
            double times = since.latencyNanos();
            double queries = since.answered();
            looks++;
            answered += since.answered();
            nanos += times;
            nanosNanos += times * times;
            nanosAnswered += times * queries;
            answeredAnswered += queries * queries;
        }
    }

    long answered() {
        return answered;
    }

    long failed() {
        return failed;
    }

    long ended() {
        return answered + failed;
    }

    /** The part that failed; 0 where there was nothing. */
    double failedPart() {
        return ended() == 0 ? 0 : (double) failed / ended();
    }

    /** Looks in which any query was answered. */
    long looks() {
        return looks;
    }

    /** In nanoseconds; 0 where there was nothing. */
    double meanLatency() {
        return answered == 0 ? 0 : nanos / answered;
    }

    /** Of the mean, in nanoseconds squared: of a ratio of sums (Cochran, Sampling Techniques, 1977, 2.11). */
    double meanLatencyVariance() {
        if (answered == 0) {
            return 0;
        }
        double mean = meanLatency();
        double squares = nanosNanos - 2 * mean * nanosAnswered + mean * mean * answeredAnswered;
        return Math.max(0, squares) / ((double) answered * answered);
    }
}
