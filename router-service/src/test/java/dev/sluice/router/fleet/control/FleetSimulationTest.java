package dev.sluice.router.fleet.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Hosts, links, replicas and minds that change at random, under virtual time: what must hold holds at every step. */
class FleetSimulationTest {

    private static final long SCHEDULES = 10_000;

    @Test
    void keepsItsPromisesWhateverHappensAndComesToRestWhenNothingDoes() {
        List<String> broken = LongStream.range(0, SCHEDULES)
                .parallel()
                .mapToObj(FleetSimulationTest::outcome)
                .filter(outcome -> !outcome.isEmpty())
                .limit(5)
                .toList();
        assertThat(broken).isEmpty();
    }

    /** What goes wrong with a seed; empty where nothing does. */
    private static String outcome(long seed) {
        try {
            new SimulatedFleet(seed).run();
            return "";
        } catch (AssertionError | RuntimeException e) {
            return "seed " + seed + ": " + e;
        }
    }
}
