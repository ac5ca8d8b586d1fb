package dev.sluice.benchmarks.scaling;

/** What came of a run. */
final class Outcome {

    private final double[] offered;
    private final double[] good;

    /** At every tick. */
    final int[] wanted;

    final int[] ready;
    double replicaSeconds;

    Outcome(double seconds) {
        offered = new double[(int) Math.ceil(seconds) + 1];
        good = new double[offered.length];
        wanted = new int[(int) Math.ceil(seconds / ScalingSimulation.TICK_SECONDS) + 1];
        ready = new int[wanted.length];
    }

    void offered(double second) {
        offered[(int) second]++;
    }

    /** @param second in which the query had arrived */
    void good(double second) {
        good[(int) second]++;
    }

    double attainment(double from) {
        double all = 0;
        double answered = 0;
        for (int i = (int) from; i < offered.length; i++) {
            all += offered[i];
            answered += good[i];
        }
        return answered / Math.max(1, all);
    }

    /** How often it went another way than before; its first move counts. */
    int changesOfDirection() {
        int changes = 0;
        int direction = 0;
        for (int i = 1; i < wanted.length; i++) {
            int move = Integer.signum(wanted[i] - wanted[i - 1]);
            if (move != 0 && move != direction) {
                changes++;
                direction = move;
            }
        }
        return changes;
    }

    /** How long after that second at least so many were wanted; infinite if they never were. */
    double secondsUntil(double second, double replicas) {
        for (int i = (int) Math.ceil(second / ScalingSimulation.TICK_SECONDS); i < wanted.length; i++) {
            if (wanted[i] >= replicas) {
                return i * ScalingSimulation.TICK_SECONDS - second;
            }
        }
        return Double.POSITIVE_INFINITY;
    }
}
