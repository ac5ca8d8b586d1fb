package dev.sluice.common.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.common.report.QueryReport.Batched;
import dev.sluice.common.report.QueryReport.Ran;
import dev.sluice.common.report.QueryReport.Step;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QueryReportTest {

    private static final QueryReport PLAIN = new QueryReport(
            "v1", 9_000, 4_000, 2, new Batched(64, 63, "vadder-0", "host-1:7100", 5_000, new Ran(100, 4_500)));

    @Test
    void comesBackAsItWas() {
        List<QueryReport> reports = List.of(
                PLAIN,
                new QueryReport("", 0, 0, 0, null),
                new QueryReport("1", 5, 5, 1, new Batched(1, 0, "r", "h", 1, null)),
                nest(PLAIN, 3));
        assertThat(reports)
                .allSatisfy(report ->
                        assertThat(QueryReport.decode(report.encode())).isEqualTo(report));
    }

    @Test
    void countsTheStepsForWhichThereIsNoRoom() {
        List<Step> steps =
                IntStream.range(0, 1000).mapToObj(QueryReportTest::step).toList();
        byte[] encoded = new QueryReport("1", 1, 0, 0, null, steps, 7).encode();
        QueryReport read = QueryReport.decode(encoded);
        assertThat(encoded.length).isLessThanOrEqualTo(ReportCodec.MOST_BYTES);
        assertThat(read.steps())
                .isNotEmpty()
                .isEqualTo(steps.subList(0, read.steps().size()));
        assertThat(read.stepsLeftOut()).isEqualTo(1007 - read.steps().size());
    }

    @Test
    void leavesOutANameThatIsNone() {
        QueryReport longName = new QueryReport("v".repeat(256), 1, 2, 3, null);
        assertThat(QueryReport.decode(longName.encode())).isEqualTo(new QueryReport("", 1, 2, 3, null));
    }

    @Test
    void refusesWhatIsCutOffOrNestsForEver() {
        byte[] encoded = nest(PLAIN, 2).encode();
        for (int length = 0; length < encoded.length; length++) {
            byte[] cut = Arrays.copyOf(encoded, length);
            assertThatThrownBy(() -> QueryReport.decode(cut)).isInstanceOf(IllegalArgumentException.class);
        }
        byte[] deep = nest(PLAIN, 40).encode();
        assertThatThrownBy(() -> QueryReport.decode(deep)).hasMessageContaining("nests");
    }

    @Test
    void throwsNothingElseWhateverItReads() {
        Random random = new Random(7);
        byte[] encoded = nest(PLAIN, 4).encode();
        for (int i = 0; i < 20_000; i++) {
            byte[] damaged = encoded.clone();
            for (int j = 0; j < 3; j++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            try {
                QueryReport.decode(damaged);
            } catch (IllegalArgumentException expected) {
                assertThat(expected).hasMessageContaining("report");
            }
        }
    }

    private static Step step(int number) {
        return new Step("step-" + number, "actor", "call", number % 14, number, PLAIN);
    }

    private static QueryReport nest(QueryReport inner, int times) {
        QueryReport report = inner;
        for (int i = 0; i < times; i++) {
            report = new QueryReport("1", i, 0, 0, null, List.of(step(i), new Step("s", "a", "m", 0, i, report)), 0);
        }
        return report;
    }
}
