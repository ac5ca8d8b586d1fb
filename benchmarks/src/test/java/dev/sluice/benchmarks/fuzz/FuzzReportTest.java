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

    @Test
    void allThatIsWellHolds() {
        assertThat(missed(new Fuzzed(List.of(door(0, List.of(), 0)), held(HELD), held(HELD), List.of(), CALM)))
                .isEmpty();
    }

    @Test
    void oneInputThatIsTreatedBadlyDoesNot() {
        Fuzzed fuzzed = new Fuzzed(
                List.of(door(1, List.of("500 to: POST /"), 1)),
                held(HELD),
                held(HELD),
                List.of("router-0"),
                new Ledger(5, 4, 0, 0, 0, 0, 0));

        assertThat(missed(fuzzed))
                .extracting(Bar::name)
                .containsExactly(
                        "link: inputs without an error or a right result",
                        "link: valid queries beside it that were not served",
                        "processes that ended",
                        "queries on the ledger without exactly one outcome");
        assertThat(FuzzReport.notes(1, fuzzed)).contains("link, wrong: 500 to: POST /");
    }

    @Test
    void whatIsKeptDoesNot() {
        Vitals more = new Vitals(60, 60, 400, 60, 160, 900);

        assertThat(missed(new Fuzzed(List.of(door(0, List.of(), 0)), held(HELD), held(more), List.of(), CALM)))
                .extracting(Bar::value)
                .containsExactly(30.0, 50.0, 40.0, 60.0);
    }

    @Test
    void showsDoorsAndProcesses() {
        String table =
                FuzzReport.table(new Fuzzed(List.of(door(0, List.of(), 0)), held(HELD), held(HELD), List.of(), CALM));

        assertThat(table).contains("link   1,000", "router-0", "30.0 -> 30.0");
    }

    private static AtDoor door(long wrong, List<String> words, long unserved) {
        return new AtDoor("link", 1_000, 400, 600 - wrong, wrong, words, unserved, 2);
    }

    private static Map<String, Vitals> held(Vitals vitals) {
        return Map.of("router-0", vitals);
    }

    private static List<Bar> missed(Fuzzed fuzzed) {
        return FuzzReport.bars(fuzzed).stream().filter(bar -> !bar.holds()).toList();
    }
}
