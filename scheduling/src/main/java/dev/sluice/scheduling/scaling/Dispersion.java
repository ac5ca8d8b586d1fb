package dev.sluice.scheduling.scaling;

import java.util.Arrays;

/**
 * How bursty the arrivals are: the variance of the work that comes in a while, in parts of its mean, which is a time. Poisson
 * arrivals of queries that cost c each have c; where they come in clumps of k, it is about kc. From the differences of
 * neighbouring seconds, so that a rate that rises or falls does not count as burstiness, and without the largest of them, so that a
 * step does not either. Not thread-safe.
 */
final class Dispersion {

    /** As bursty as that are arrivals while little was seen of them: gaps with a coefficient of variation of 4. */
    private static final double USUAL = 16;

    /** What that assumption weighs, in pairs of seconds. */
    private static final double USUAL_WEIGHT = 8;

    private static final double BIN_SECONDS = 1;

    /** So many pairs differ by a step, since it seldom falls between two seconds. */
    private static final int OF_A_STEP = 2;

    private static final double KEPT = 0.75;

    /** The mean of the smaller three quarters of squares of a normal variable is so many times less than that of all. */
    private static final double OF_ALL = 2.71;

    private final double[] squares = new double[ArrivalHistory.CAPACITY];
    private int pairs;

    /** In seconds of work; 0 where no work came. */
    double of(ArrivalHistory history) {
        double work = 0;
        double queries = 0;
        for (int age = 0; age < history.size(); age++) {
            work += history.work(age);
            queries += history.queries(age);
        }
        if (!(queries > 0)) {
            return 0;
        }
        compare(history);
        double seen = 0;
        int kept = Math.max(0, (int) Math.min(KEPT * pairs, pairs - OF_A_STEP));
        Arrays.sort(squares, 0, pairs);
        for (int i = 0; i < kept; i++) {
            seen += OF_ALL * squares[i] / kept;
        }
        double perQuery = work / queries;
        // Few arrivals are few clumps, over however many seconds they came.
        double evidence = Math.min(kept, queries / USUAL);
        double mixed = (seen * evidence + USUAL * perQuery * USUAL_WEIGHT) / (evidence + USUAL_WEIGHT);
        return Math.max(perQuery, mixed);
    }

    /** Each second with the one before it, but for those in which nothing came. */
    private void compare(ArrivalHistory history) {
        pairs = 0;
        double later = -1;
        double work = 0;
        double seconds = 0;
        for (int age = 0; age < history.size(); age++) {
            work += history.work(age);
            seconds += history.seconds(age);
            if (seconds >= BIN_SECONDS - 1e-6) {
                double rate = work / seconds;
                if (later >= 0 && rate + later > 0) {
                    squares[pairs++] = (rate - later) * (rate - later) * seconds / (rate + later);
                }
                later = rate;
                work = 0;
                seconds = 0;
            }
        }
    }
}
