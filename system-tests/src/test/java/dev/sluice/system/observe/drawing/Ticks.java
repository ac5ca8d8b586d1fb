package dev.sluice.system.observe.drawing;

import java.util.ArrayList;
import java.util.List;

/** Round numbers along an axis. */
final class Ticks {

    private static final double[] ROUND = {1, 2, 5, 10};

    private Ticks() {}

    /** Some five of them. @param size of the unit that they are round in */
    static List<Double> between(double low, double high, double size) {
        return round(low / size, high / size).stream().map(tick -> tick * size).toList();
    }

    private static List<Double> round(double low, double high) {
        double rough = (high - low) / 4;
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        double step = ROUND[0] * power;
        for (double round : ROUND) {
            step = round * power;
            if (step >= rough) {
                break;
            }
        }
        List<Double> ticks = new ArrayList<>();
        for (double i = Math.ceil(low / step - 1e-9); i * step <= high * (1 + 1e-9); i++) {
            ticks.add(i * step + 0.0); // no -0
        }
        return ticks;
    }
}
