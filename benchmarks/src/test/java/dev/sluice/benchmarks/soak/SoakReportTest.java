package dev.sluice.benchmarks.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.benchmarks.callers.Account;
import dev.sluice.benchmarks.callers.End;
import dev.sluice.benchmarks.callers.Ended;
import dev.sluice.benchmarks.report.Bar;
import dev.sluice.benchmarks.tiers.Ledger;
import dev.sluice.benchmarks.tiers.Vitals;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SoakReportTest {

    private static final Ledger FINE = new Ledger(10, 8, 0, 0, 1, 1, 0);

    @Test
    void whatIsFlatHolds() {
        assertThat(SoakReport.bars(soaked(i -> 40, answered(), FINE))).allMatch(Bar::holds);
    }

    @Test
    void whatRisesDoesNot() {
        List<Bar> missed = missed(soaked(i -> 40 + i, answered(), FINE));

        assertThat(missed).extracting(Bar::name).containsExactly("router-0 is flat, rise of heap MiB");
        // 20 looks, a minute apart, of which the first 5 do not count.
        assertThat(missed.get(0).value()).isEqualTo(14);
    }

    @Test
    void whatRisesBeforeItCountsIsNoRise() {
        assertThat(SoakReport.bars(soaked(i -> 40 + Math.min(i, 5), answered(), FINE)))
                .allMatch(Bar::holds);
    }

    @Test
    void everyQueryHasToBeAnsweredAndToAddUp() {
        Account lost = new Account(2, List.of(new Ended(0, 100, End.LOST, 5, 0, "no reply")));

        assertThat(missed(soaked(i -> 40, lost, new Ledger(10, 8, 0, 0, 0, 0, 1))))
                .extracting(Bar::name)
                .containsExactly(
                        "queries of the steady load without an outcome",
                        "queries of the steady load that were not answered",
                        "queries on the ledger without exactly one outcome, when all was over");
    }

    @Test
    void aLedgerThatKnowsOfFewerThanWereSentIsNone() {
        assertThat(missed(soaked(i -> 40, answered(), Ledger.EMPTY)))
                .extracting(Bar::name)
                .containsExactly("queries on the ledger, against those that the steady load sent");
    }

    @Test
    void showsEverySignOfEveryProcess() {
        String table = SoakReport.table(soaked(i -> 40, answered(), FINE));

        assertThat(table.lines()).hasSize(1 + Sign.values().length);
        assertThat(table).contains("router-0      heap MiB   40.0    40.0   40.0       0.0");
    }

    private static List<Bar> missed(Soaked soaked) {
        return SoakReport.bars(soaked).stream().filter(bar -> !bar.holds()).toList();
    }

    private static Account answered() {
        return new Account(1, List.of(new Ended(0, 100, End.ANSWERED, 5, 0, "")));
    }

    private static Soaked soaked(IntToDoubleFunction heap, Account account, Ledger ledger) {
        List<Look> looks = IntStream.rangeClosed(1, 20)
                .mapToObj(i -> new Look(
                        i, Map.of("router-0", new Vitals(heap.applyAsDouble(i), 3, 200 + 10 * i, 30, 40, 500))))
                .toList();
        return new Soaked(looks, 0.3, account, ledger);
    }
}
