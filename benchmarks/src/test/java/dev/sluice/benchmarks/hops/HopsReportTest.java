package dev.sluice.benchmarks.hops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.benchmarks.load.Faults;
import dev.sluice.benchmarks.load.LoadResult;
import dev.sluice.benchmarks.report.Bar;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class HopsReportTest {

    private static final Faults NONE = new Faults(0, 0, 0, 0, 0, "");

    @Test
    void printsBothSidesAndTheirRatios() {
        Level level = level(256, new double[] {40_000}, new double[] {30_000});
        assertThat(HopsReport.table(List.of(level)).lines().skip(1))
                .singleElement()
                .asString()
                .startsWith("256")
                .contains("40,000", "25.0", "30,000", "33.3", "0.75");
    }

    @Test
    void comparesTheTwoDrivesOfARoundWithEachOther() {
        // The machine slows down by and by; each round taken for itself says 0.5.
        Level level = level(64, new double[] {40_000, 20_000, 10_000}, new double[] {20_000, 10_000, 5_000});
        assertThat(level.throughputRatio()).isEqualTo(0.5);
        // One disturbed round changes nothing.
        Level disturbed = level(64, new double[] {40_000, 20_000, 10_000}, new double[] {20_000, 100, 5_000});
        assertThat(disturbed.throughputRatio()).isEqualTo(0.5);
    }

    @Test
    void asksForThroughputAtManyConnectionsAndLatencyAtOne() {
        double[] fast = {10_000};
        double[] slow = {5_000};
        List<Bar> bars = HopsReport.bars(
                List.of(level(1, fast, slow), level(8, fast, slow), level(64, fast, slow), level(256, fast, fast)));
        assertThat(bars)
                .extracting(Bar::name)
                .containsExactly("p50 ratio at 1 connection", "ratio at 64 connections", "ratio at 256 connections");
        assertThat(bars).extracting(Bar::holds).containsExactly(true, false, true);
    }

    @Test
    void givesProgramsEveryNumber() {
        Map<String, Object> row = HopsReport.rows(List.of(level(8, new double[] {1_000}, new double[] {900})))
                .get(0);
        assertThat(row)
                .containsEntry("connections", 8)
                .containsEntry("echo_requests_per_second", 1_000.0)
                .containsEntry("tiers_requests_per_second", 900.0)
                .containsEntry("ratio", 0.9)
                .containsKeys("echo_p50_ms", "echo_p99_ms", "tiers_p50_ms", "tiers_p99_ms", "p50_ratio");
    }

    @Test
    void statesTheGeneratorsShareOfAllCores() {
        List<String> notes = new HopsNotes(2)
                .of(
                        HopsPlan.quick(),
                        List.of(level(1, new double[] {1_000}, new double[] {1_000})),
                        2_000,
                        OptionalDouble.empty());
        // A quarter of a second of CPU time per second of one core, of two.
        assertThat(notes).anyMatch(note -> note.contains("13 / 13 % at 1"));
    }

    @Test
    void saysWhereOthersDisturbed() {
        List<String> disturbed = new HopsNotes(2).of(HopsPlan.quick(), List.of(), 0, OptionalDouble.of(0.5));
        assertThat(disturbed).anyMatch(note -> note.contains("a disturbed measurement"));
        List<String> quiet = new HopsNotes(2).of(HopsPlan.quick(), List.of(), 0, OptionalDouble.of(0.02));
        assertThat(quiet).noneMatch(note -> note.contains("a disturbed measurement"));
    }

    private static Level level(int connections, double[] echo, double[] tiers) {
        Level.Round[] rounds = new Level.Round[echo.length];
        for (int i = 0; i < echo.length; i++) {
            rounds[i] = new Level.Round(drive(connections, echo[i]), drive(connections, tiers[i]));
        }
        return new Level(connections, Arrays.asList(rounds));
    }

    private static Driven drive(int connections, double requestsPerSecond) {
        Histogram latencies = new Histogram(3);
        latencies.recordValue((long) (connections * 1e9 / requestsPerSecond));
        Duration second = Duration.ofSeconds(1);
        LoadResult load = new LoadResult(
                (long) requestsPerSecond,
                (long) requestsPerSecond,
                NONE,
                second.toNanos(),
                second.toNanos() / 4,
                latencies);
        return new Driven(load, second, Map.of("process", 1.0));
    }
}
