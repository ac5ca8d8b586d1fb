package dev.sluice.benchmarks.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.benchmarks.report.Bar;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetReportTest {

    private static final byte[] ANSWER =
            "{\"success\": true, \"actor\": \"a\", \"result\": 1}".getBytes(StandardCharsets.UTF_8);

    /** Two queries a second for two seconds, the last of which fails, and one replica that becomes three. */
    private final Story story = story(Bar.atMost("failed", 1, 0));

    @Test
    void showsARowPerScenarioAndWhetherItsBarsHold() {
        assertThat(FleetReport.table(List.of(story))).contains("host", "missed");
        assertThat(FleetReport.table(List.of(story(Bar.atMost("failed", 0, 0)))))
                .contains("hold");
        assertThat(FleetReport.table(List.of(story(Bar.atMost("s", Double.NaN, 5)))))
                .contains("missed");
    }

    @Test
    void givesAllBarsInOrder() {
        assertThat(FleetReport.bars(List.of(story(Bar.atMost("a", 1, 0)), story(Bar.atMost("b", 1, 0)))))
                .extracting(Bar::name)
                .containsExactly("a", "b");
    }

    @Test
    void putsFiguresAndWhatHappenedOverTimeIntoTheRow() {
        Map<String, Object> row = FleetReport.rows(List.of(story)).get(0);

        assertThat(row)
                .containsEntry("scenario", "host")
                .containsEntry("queries", 4L)
                .containsEntry("not_answered", 1L)
                .containsEntry("failed", 1L)
                .containsEntry("took_s", 1.5);
        assertThat((List<?>) row.get("series")).hasSize(8);
    }

    @Test
    void saysWhatWasLeftOutAndTheFirstFailureOfEachKind() {
        assertThat(FleetReport.notes(FleetPlan.quick(), List.of(story), List.of(FleetRun.NO_REDIS)))
                .contains(FleetRun.NO_REDIS, "host, the first FAILED at 1.5 s: status 500: no");
    }

    @Test
    void countsInEvenStepsOfTime() {
        Series series = Series.of(story);

        assertThat(series.step()).isEqualTo(0.25);
        assertThat(series.offered()).containsExactly(4, 0, 4, 0, 4, 0, 4, 0);
        assertThat(series.unanswered()).containsExactly(0, 0, 0, 0, 0, 0, 4, 0);
        assertThat(series.wanted()).containsExactly(1, 1, 1, 3, 3, 3, 3, 3);
        assertThat(series.ready()).containsExactly(1, 1, 1, 1, 1, 1, 1, 3);
        assertThat(series.index(1.6)).isEqualTo(6);
        assertThat(series.index(99)).isEqualTo(7);
    }

    @Test
    void drawsQueriesAndReplicasWithWhatHappened(@TempDir Path folder) throws Exception {
        FleetCharts.drawInto(List.of(story), folder);

        assertThat(Files.readString(folder.resolve("fleet-host.svg")))
                .contains("not answered", "wanted", "ready", "kill host-0")
                .doesNotContain("never");
    }

    private static Story story(Bar bar) {
        Flow flow = new Flow(new Timebase(0, Instant.EPOCH));
        for (int i = 0; i < 4; i++) {
            byte[] body = i < 3 ? ANSWER : "no".getBytes(StandardCharsets.UTF_8);
            long at = i * 500_000_000L;
            flow.replied(0, at, at + 1_000_000, i < 3 ? 200 : 500, body, 0, body.length);
        }
        return new Story(
                "host",
                flow,
                List.of(Samples.of(0.2, 1, 1), Samples.of(0.9, 3, 1), Samples.of(2.0, 3, 3)),
                List.of(new Happened(0.9, "start", "1", "host-1", "why")),
                List.of(new Mark(0.5, "kill host-0"), new Mark(Double.NaN, "never")),
                Map.of("took_s", 1.5),
                List.of(bar));
    }
}
