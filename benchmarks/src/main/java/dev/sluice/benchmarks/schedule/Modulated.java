package dev.sluice.benchmarks.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Poisson arrivals whose rate changes from phase to phase. */
final class Modulated implements ArrivalProcess {

    static final double STEP_UP_NANOS = 8e9;
    static final double STEP_DOWN_NANOS = 11e9;

    private final double perNano;
    private final SplittableRandom random;
    private final boolean alternating;
    private final List<double[]> phases = new ArrayList<>();
    private double at;
    private double factor;
    private double phaseEnds;
    private int phase = -1;

    Modulated(double perNano, SplittableRandom random, boolean alternating) {
        this.perNano = perNano;
        this.random = random;
        this.alternating = alternating;
        nextPhase(0);
    }

    @Override
    public double next() {
        while (true) {
            double then = at + random.nextExponential() / (perNano * factor);
            if (then <= phaseEnds) {
                at = then;
                return at;
            }
            // Exponential gaps forget: what is left of one is as good as a new one.
            at = phaseEnds;
            nextPhase(phaseEnds);
        }
    }

    private void nextPhase(double starts) {
        phase++;
        if (alternating) {
            boolean burst = phase % 2 == 1;
            factor = burst ? 3 : 0.5;
            phaseEnds = starts + random.nextExponential() * (burst ? 200e6 : 800e6);
        } else {
            factor = phase == 1 ? 5 : 0.5;
            phaseEnds = phase == 0 ? STEP_UP_NANOS : phase == 1 ? STEP_DOWN_NANOS : Double.POSITIVE_INFINITY;
        }
        phases.add(new double[] {phaseEnds, factor});
    }

    @Override
    public double factorAt(double nanos) {
        for (double[] each : phases) {
            if (nanos < each[0]) {
                return each[1];
            }
        }
        return factor;
    }
}
