package dev.sluice.benchmarks.scaling;

import dev.sluice.benchmarks.schedule.ArrivalProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * How much is asked for over time, in multiples of 1.0x: piecewise constant.
 *
 * @param ends of the pieces, in seconds from the start, ascending; the last is the end of all
 * @param factors of the pieces
 */
record Load(List<Double> ends, List<Double> factors) {

    static Load of(double... secondsAndFactors) {
        Builder load = new Builder();
        for (int i = 0; i < secondsAndFactors.length; i += 2) {
            load.add(secondsAndFactors[i], secondsAndFactors[i + 1]);
        }
        return load.build();
    }

    /** Up and down between a quarter and 2.25 times, second by second. */
    static Load tide(double seconds, double period) {
        Builder load = new Builder();
        for (double at = 0; at < seconds; at++) {
            load.add(1, 1.25 - Math.cos(2 * Math.PI * at / period));
        }
        return load.build();
    }

    /** 3 times for 200 ms on average, half for 800 ms on average. */
    static Load bursts(double seconds, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Builder load = new Builder();
        while (load.at < seconds) {
            load.add(0.8 * random.nextExponential(), 0.5).add(0.2 * random.nextExponential(), 3);
        }
        return load.build();
    }

    boolean isConstant() {
        return factors.size() == 1;
    }

    double seconds() {
        return ends.get(ends.size() - 1);
    }

    double mean() {
        double sum = 0;
        double began = 0;
        for (int i = 0; i < ends.size(); i++) {
            sum += factors.get(i) * (ends.get(i) - began);
            began = ends.get(i);
        }
        return sum / seconds();
    }

    double factorAt(double second) {
        for (int i = 0; i < ends.size(); i++) {
            if (second < ends.get(i)) {
                return factors.get(i);
            }
        }
        return 0;
    }

    /** The greatest factor of a while. */
    double mostBetween(double from, double to) {
        double most = 0;
        double began = 0;
        for (int i = 0; i < ends.size(); i++) {
            if (began <= to && ends.get(i) > from) {
                most = Math.max(most, factors.get(i));
            }
            began = ends.get(i);
        }
        return most;
    }

    /**
     * Arrivals at this rate: those of a process with a mean gap of 1, whose time runs as fast as the rate is.
     *
     * @param perSecond at 1.0x
     */
    Arrivals arrivals(ArrivalProcess.Kind kind, double perSecond, SplittableRandom random) {
        return new Arrivals(kind.start(1, random), perSecond);
    }

    final class Arrivals {

        private final ArrivalProcess unit;
        private final double perSecond;
        private double reached;
        private double at;
        private int piece;

        private Arrivals(ArrivalProcess unit, double perSecond) {
            this.unit = unit;
            this.perSecond = perSecond;
        }

        /** When the next query comes, in seconds from the start; infinite when none does. */
        double next() {
            double target = unit.next();
            while (piece < ends.size()) {
                double rate = perSecond * factors.get(piece);
                double there = reached + rate * (ends.get(piece) - at);
                if (there >= target && rate > 0) {
                    at += (target - reached) / rate;
                    reached = target;
                    return at;
                }
                reached = there;
                at = ends.get(piece++);
            }
            return Double.POSITIVE_INFINITY;
        }
    }

    static final class Builder {
        private final List<Double> ends = new ArrayList<>();
        private final List<Double> factors = new ArrayList<>();
        private double at;

        Builder add(double seconds, double factor) {
            at += seconds;
            ends.add(at);
            factors.add(factor);
            return this;
        }

        Load build() {
            return new Load(ends, factors);
        }
    }
}
