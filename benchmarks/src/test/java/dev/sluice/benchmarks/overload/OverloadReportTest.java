package dev.sluice.benchmarks.overload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.benchmarks.report.Bar;
import java.util.List;
import org.junit.jupiter.api.Test;

class OverloadReportTest {

    private static final long SECOND = 1_000_000_000L;

    @Test
    void asksForGoodputAndQuickRefusalsUnderOverload() {
        assertThat(failing(level("deadline", 2.0, 95, 0, 5))).isEmpty();
        assertThat(failing(level("deadline", 2.0, 85, 0, 5))).containsExactly("goodput of the upper bound, s at 2.0x");
        assertThat(failing(level("deadline", 2.0, 95, 0, 20))).containsExactly("p99 of refusals, ms, s at 2.0x");
    }

    @Test
    void asksForAttainmentBelowOverload() {
        assertThat(failing(level("deadline", 0.9, 98, 0, 20))).isEmpty();
        assertThat(failing(level("deadline", 0.8, 98, 0, 20))).containsExactly("attainment, s at 0.8x");
    }

    @Test
    void asksThatNearlyNothingIsLate() {
        assertThat(failing(level("deadline", 0.5, 50, 2, 0))).containsExactly("late, share of offered, s at 0.5x");
    }

    @Test
    void asksNothingOfTheOthers() {
        assertThat(OverloadReport.bars(List.of(level("fifo", 2.0, 0, 100, 0)))).isEmpty();
    }

    @Test
    void showsARowPerLevel() {
        List<Level> levels = List.of(level("fifo", 2.0, 2, 98, 0), level("deadline", 2.0, 95, 0, 5));
        assertThat(OverloadReport.table(levels)).contains("fifo", "deadline", "2.0x", "95.0");
        assertThat(OverloadReport.rows(levels)).hasSize(2);
    }

    private static List<String> failing(Level level) {
        return OverloadReport.bars(List.of(level)).stream()
                .filter(bar -> !bar.holds())
                .map(Bar::name)
                .toList();
    }

    /** Of 100 queries so many are answered in time, so many late, and the rest is refused after some time. */
    private static Level level(String side, double load, int good, int late, int refusedAfterMillis) {
        Tally tally = new Tally(List.of(new SloClass(200, 1)), any -> true, 0, SECOND);
        for (int i = 0; i < 100; i++) {
            tally.offered(0, i);
            int status = i < good + late ? 200 : 503;
            long millis = i < good ? 100 : i < good + late ? 300 : refusedAfterMillis;
            tally.replied(0, i, i + millis * 1_000_000, status, new byte[0], 0, 0);
        }
        return new Level("s", side, load, 1, 100, tally);
    }
}
