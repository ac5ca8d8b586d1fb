package dev.sluice.scheduling.scaling;

/**
 * How many replicas the arrivals keep busy: the mean over as much of the last minute as is of one piece.
 *
 * <p>Whenever the newest part of it differs from the rest by more than chance explains, the rest is dropped. So a step is
 * believed within moments where much arrives, and noise is averaged over a minute. That is the idea of ADWIN (Bifet and
 * Gavaldà, <i>Learning from Time-Changing Data with Adaptive Windowing</i>, SDM 2007), with a bound that goes by how bursty
 * the arrivals are. Not thread-safe.
 */
final class Demand {

    /** The shortest part that is looked at by itself; the others are twice as long each. */
    private static final double SHORTEST_SECONDS = 0.5;

    /** The same where queries may wait for long, since a short crowd asks for less then. */
    private static final double LONGEST_SHORTEST_SECONDS = 1.5;

    /** By how many standard deviations parts have to differ: it is looked at often, so chance has many chances. */
    private static final double DIFFERENT = 4;

    private static final double ROUNDING = 1e-6;

    private final Dispersion dispersion = new Dispersion();
    private double dispersed;
    private double shortest;
    private double seconds;
    private double rate;
    private double queries;

    /**
     * A tick has just been added to the history.
     *
     * @param sloSeconds for how long queries may wait
     */
    void update(ArrivalHistory history, double sloSeconds) {
        dispersed = dispersion.of(history);
        shortest = Math.max(SHORTEST_SECONDS, Math.min(LONGEST_SHORTEST_SECONDS, sloSeconds / 2));
        seconds += history.seconds(0);
        while (cut(history)) {
            // What is left may still be of two pieces.
        }
    }

    private boolean cut(ArrivalHistory history) {
        double all = 0;
        double work = 0;
        double came = 0;
        int ticks = 0;
        while (ticks < history.size() && all < seconds - ROUNDING) {
            all += history.seconds(ticks);
            work += history.work(ticks);
            came += history.queries(ticks);
            ticks++;
        }
        seconds = all;
        rate = work / Math.max(shortest, all);
        queries = came / Math.max(shortest, all);
        double recent = 0;
        double recentWork = 0;
        double next = shortest;
        for (int age = 0; age < ticks; age++) {
            recent += history.seconds(age);
            recentWork += history.work(age);
            double older = all - recent;
            if (recent >= next - ROUNDING && older > ROUNDING) {
                next = 2 * recent;
                if (differ(recentWork / recent, recent, Math.max(0, work - recentWork) / older, older)) {
                    seconds = recent;
                    return true;
                }
            }
        }
        return false;
    }

    private boolean differ(double recentRate, double recent, double olderRate, double older) {
        double variance = dispersed * (Math.max(rate, recentRate) / recent + olderRate / older);
        return Math.abs(recentRate - olderRate) > DIFFERENT * Math.sqrt(variance);
    }

    /** In replicas. */
    double mean() {
        return rate;
    }

    /** How far off that may be: its standard deviation. */
    double deviation() {
        return Math.sqrt(dispersed * rate / Math.max(shortest, seconds));
    }

    /** The part of the longest time that it was averaged over, 0 to 1. */
    double settled() {
        return Math.min(1, seconds / ArrivalHistory.SPAN_SECONDS);
    }

    /** Those whose work is known. */
    double queriesPerSecond() {
        return queries;
    }
}
