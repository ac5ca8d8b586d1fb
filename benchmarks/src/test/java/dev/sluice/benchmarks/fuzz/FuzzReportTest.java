package dev.sluice.benchmarks.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.benchmarks.fuzz.Fuzzed.AtDoor;
import dev.sluice.benchmarks.report.Bar;
import dev.sluice.benchmarks.tiers.Ledger;
import dev.sluice.benchmarks.tiers.Vitals;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FuzzReportTest {

    private static final Vitals HELD = new Vitals(30, 10, 200, 20, 100, 900);
    private static final Ledger CALM = new Ledger(5, 5, 0, 0, 0, 0, 0);
    private static final LogLook SILENT = new LogLook(0, 0, List.of());
    private static final AtDoor WELL = door(0, 0, List.of(), 0);
    private static final Fuzzed ALL_WELL =
            new Fuzzed(List.of(WELL), held(HELD), held(HELD), Map.of("router-0", SILENT), List.of(), CALM, 3);

    @Test
    void allThatIsWellHolds() {
        assertThat(missed(ALL_WELL)).isEmpty();
    }

    @Test
    void oneInputThatIsTreatedBadlyDoesNot() {
        Fuzzed fuzzed = new Fuzzed(
                List.of(door(0, 1, List.of("500 to: POST /"), 1)),
                held(HELD),
                held(HELD),
                Map.of("router-0", new LogLook(1, 2, List.of("LEAK: it is gone"))),
                List.of("router-0"),
                new Ledger(5, 6, 0, 0, 0, 0, 0),
                3);

        assertThat(missed(fuzzed))
                .extracting(Bar::name)
                .containsExactly(
                        "link: inputs without an error or a right result",
                        "link: valid queries beside it that were not served",
                        "processes that ended",
                        "router-0: errors and exceptions in its log",
                        "router-0: buffers that were lost",
                        "queries on the ledger without exactly one outcome",
                        "answers that callers and the ledger count differently");
        assertThat(FuzzReport.notes(1, fuzzed))
                .contains(
                        "link, wrong: 500 to: POST /",
                        "router-0 ended, and the run with it",
                        "router-0 logged: LEAK: it is gone");
    }

    @Test
    void whatIsKeptDoesNot() {
        Vitals more = new Vitals(60, 60, 400, 60, 160, 900);
        Fuzzed fuzzed =
                new Fuzzed(List.of(WELL), held(HELD), held(more), Map.of("router-0", SILENT), List.of(), CALM, 3);

        assertThat(missed(fuzzed)).extracting(Bar::value).containsExactly(30.0, 50.0, 40.0, 60.0);
    }

    @Test
    void whoDoesNotTellWhatItHoldsDoesNot() {
        Fuzzed fuzzed = new Fuzzed(List.of(WELL), held(HELD), Map.of(), Map.of("router-0", SILENT), List.of(), CALM, 3);

        assertThat(missed(fuzzed)).extracting(Bar::name).containsExactly("processes that do not tell what they hold");
    }

    @Test
    void inputsThatDoNotArriveDoNot() {
        Fuzzed fuzzed = new Fuzzed(
                List.of(door(300, 0, List.of(), 0)),
                held(HELD),
                held(HELD),
                Map.of("router-0", SILENT),
                List.of(),
                CALM,
                3);

        assertThat(missed(fuzzed)).extracting(Bar::value).containsExactly(0.7);
    }

    @Test
    void showsDoorsAndProcesses() {
        assertThat(FuzzReport.doors(ALL_WELL).toString()).contains("link   1,000");
        assertThat(FuzzReport.held(ALL_WELL).toString()).contains("router-0", "30.0 -> 30.0");
    }

    private static AtDoor door(long turnedAway, long wrong, List<String> words, long unserved) {
        return new AtDoor("link", 1_000, 400, 600 - turnedAway - wrong, turnedAway, wrong, words, 2, unserved, 2);
    }

    private static Map<String, Vitals> held(Vitals vitals) {
        return Map.of("router-0", vitals);
    }

    private static List<Bar> missed(Fuzzed fuzzed) {
        return FuzzReport.bars(fuzzed).stream().filter(bar -> !bar.holds()).toList();
    }
}
