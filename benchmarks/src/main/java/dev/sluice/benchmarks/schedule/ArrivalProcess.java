package dev.sluice.benchmarks.schedule;

import java.util.SplittableRandom;

/** When queries come, whatever becomes of them: an open loop. Times are nanoseconds from the start. */
public interface ArrivalProcess {

    /** The time of the next arrival. */
    double next();

    /** The rate that was in force at a time, in multiples of the mean, for who computes what is possible. */
    default double factorAt(double nanos) {
        return 1;
    }

    /** Makes a process with so many arrivals per nanosecond. */
    interface Kind {
        ArrivalProcess start(double perNano, SplittableRandom random);
    }

    Kind POISSON = (perNano, random) -> new Renewal(() -> random.nextExponential() / perNano);

    /** Gaps with a coefficient of variation of 4: long lulls and dense crowds. */
    Kind GAMMA = (perNano, random) -> {
        double shape = 1 / 16.0;
        return new Renewal(() -> gamma(shape, random) / shape / perNano);
    };

    /** Poisson at 3 times the rate for 200 ms on average, then at 0.5 times for 800 ms on average. */
    Kind MMPP = (perNano, random) -> new Modulated(perNano, random, true);

    /** Poisson at 0.5 times, then at 5, then at 0.5 again. */
    Kind STEP = (perNano, random) -> new Modulated(perNano, random, false);

    /** Marsaglia and Tsang (2000), with the boost for shapes below 1. */
    private static double gamma(double shape, SplittableRandom random) {
        double boosted = shape + 1;
        double d = boosted - 1 / 3.0;
        double c = 1 / Math.sqrt(9 * d);
        while (true) {
            double x = random.nextGaussian();
            double v = 1 + c * x;
            if (v <= 0) {
                continue;
            }
            v = v * v * v;
            double u = 1 - random.nextDouble();
            if (Math.log(u) < x * x / 2 + d - d * v + d * Math.log(v)) {
                return d * v * Math.pow(1 - random.nextDouble(), 1 / shape);
            }
        }
    }

    /** Independent gaps. */
    final class Renewal implements ArrivalProcess {

        private final java.util.function.DoubleSupplier gap;
        private double at;

        Renewal(java.util.function.DoubleSupplier gap) {
            this.gap = gap;
        }

        @Override
        public double next() {
            at += gap.getAsDouble();
            return at;
        }
    }
}
