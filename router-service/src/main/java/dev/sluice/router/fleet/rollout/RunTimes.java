package dev.sluice.router.fleet.rollout;

import dev.sluice.router.fleet.rollout.VersionCounts.Size;
import java.util.Map;

/**
 * How long the batches of a candidate run beside those of the current version. Batches of one method and one size are compared, each size as
 * often as the candidate had it, so that neither queues nor the size of batches, which are the load's, make a difference. Of a size that
 * the current version did not run, what its neighbours took tells.
 *
 * <p>Where all the candidate's batches are smaller or larger than the others, each version's line says what it would take at the other's
 * sizes, and the candidate has to be slower at both: where run times are no straight line, at most one of the two can mistake an equal
 * version for a slower one.
 *
 * @param nanos that the candidate's take
 * @param allowed that they may take
 * @param error the standard error of the difference
 * @param telling whether a candidate that is far too slow would be noticed
 */
record RunTimes(double nanos, double allowed, double error, boolean telling) {

    /** How many standard errors beyond its margin a mean has to be. */
    private static final double SIGNIFICANT = 3;

    /** Means over batches. */
    private static final class Sums {
        private final double factor;
        private double batches;
        private double nanos;
        private double allowed;
        private double error;
        private boolean telling;

        Sums(double factor) {
            this.factor = factor;
        }

        void add(double count, RunTime own, RunTime other) {
            batches += count;
            nanos += count * own.nanos();
            allowed += count * factor * other.nanos();
            // Not squares: what slows one size in a look may slow all.
            error += count * Math.hypot(own.error(), factor * other.error());
        }

        RunTimes times() {
            return batches == 0
                    ? new RunTimes(0, 0, 0, false)
                    : new RunTimes(nanos / batches, allowed / batches, error / batches, telling);
        }
    }

    /** @param factor how many times longer the candidate's may take */
    static RunTimes of(Map<Size, Mean> current, Map<Size, Mean> candidate, double factor) {
        Map<String, RunCurve> others = RunCurve.of(current);
        Map<String, RunCurve> owns = RunCurve.of(candidate);
        Sums sums = new Sums(factor);
        sums.telling = true;
        owns.forEach((method, curve) -> {
            RunCurve beside = others.get(method);
            if (beside != null) {
                addMet(sums, curve, beside);
            }
        });
        return sums.batches > 0 ? sums.times() : byLines(owns, others, factor);
    }

    private static void addMet(Sums sums, RunCurve curve, RunCurve beside) {
        curve.bySize().forEach((rows, mean) -> {
            RunTime other = beside.at(rows);
            if (other != null) {
                sums.add(mean.count(), new RunTime(mean.value(), Math.sqrt(mean.variance())), other);
            }
        });
    }

    private static RunTimes byLines(Map<String, RunCurve> owns, Map<String, RunCurve> others, double factor) {
        Sums here = new Sums(factor);
        Sums there = new Sums(factor);
        owns.forEach((method, curve) -> {
            RunCurve beside = others.get(method);
            if (beside != null) {
                RunLine own = curve.line();
                RunLine other = beside.line();
                here.add(own.batches(), own.least(own.meanRows()), other.most(own.meanRows()));
                there.add(own.batches(), own.least(other.meanRows()), other.most(other.meanRows()));
                here.telling |= own.isSloped() && other.isSloped();
            }
        });
        there.telling = here.telling;
        return there.times().isTooLong() ? here.times() : there.times();
    }

    boolean isTooLong() {
        return nanos > allowed + SIGNIFICANT * error;
    }

    /** Whether they could be compared at all, closely enough to notice one that takes twice as long as it may. */
    boolean areCompared() {
        return telling && SIGNIFICANT * error <= allowed;
    }
}
