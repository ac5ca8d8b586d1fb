package dev.sluice.scheduling.scaling;

import java.util.SplittableRandom;

/** Arrivals of a test. */
interface Traffic {

    Traffic NONE = seconds -> 0;

    /** How many come in the next so many seconds. */
    int next(double seconds);

    /** At exactly this rate. */
    static Traffic even(double perSecond) {
        double[] owed = new double[1];
        return seconds -> {
            owed[0] += perSecond * seconds;
            int whole = (int) owed[0];
            owed[0] -= whole;
            return whole;
        };
    }

    static Traffic poisson(double perSecond, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return renewal(perSecond, random::nextExponential);
    }

    /** Gaps of a gamma distribution with a coefficient of variation of 4. */
    static Traffic gamma(double perSecond, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return renewal(perSecond, () -> 16 * gammaOf(1 / 16.0, random));
    }

    private static Traffic renewal(double perSecond, java.util.function.DoubleSupplier gap) {
        double[] until = {gap.getAsDouble() / perSecond};
        return seconds -> {
            int came = 0;
            for (until[0] -= seconds; until[0] < 0; until[0] += gap.getAsDouble() / perSecond) {
                came++;
            }
            return came;
        };
    }

    /** Marsaglia and Tsang (2000), with the boost for shapes below 1. */
    private static double gammaOf(double shape, SplittableRandom random) {
        double d = shape + 2 / 3.0;
        double c = 1 / Math.sqrt(9 * d);
        while (true) {
            double x = random.nextGaussian();
            double v = Math.pow(1 + c * x, 3);
            if (v > 0 && Math.log(1 - random.nextDouble()) < x * x / 2 + d - d * v + d * Math.log(v)) {
                return d * v * Math.pow(1 - random.nextDouble(), 1 / shape);
            }
        }
    }
}
