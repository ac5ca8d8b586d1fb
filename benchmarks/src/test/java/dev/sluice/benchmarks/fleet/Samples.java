package dev.sluice.benchmarks.fleet;

import java.util.List;
import java.util.Map;

/** Samples of an actor with one version. */
final class Samples {

    private Samples() {}

    static Sample of(double at, int wanted, int ready) {
        return new Sample(at, "router-0", "1", "", 0, wanted, List.of("1"), Map.of("host-0", ready));
    }

    /** One a second, with all that is wanted ready. */
    static List<Sample> wanting(int... wanted) {
        return java.util.stream.IntStream.range(0, wanted.length)
                .mapToObj(i -> of(i, wanted[i], wanted[i]))
                .toList();
    }
}
