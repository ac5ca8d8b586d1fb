package dev.sluice.benchmarks.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.benchmarks.callers.Account;
import dev.sluice.benchmarks.callers.End;
import dev.sluice.benchmarks.callers.Ended;
import dev.sluice.benchmarks.report.Bar;
import dev.sluice.benchmarks.tiers.Ledger;
import dev.sluice.benchmarks.tiers.Vitals;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SoakReportTest {

    private static final SoakPlan PLAN = new SoakPlan(Duration.ofMinutes(20), 0.3, 100, 4, Duration.ZERO);
    private static final Ledger FINE = new Ledger(50, 9, 0, 0, 1, 40, 0);

    @Test
    void whatIsFlatHolds() {
        assertThat(SoakReport.bars(soaked(i -> 40, answered(), FINE))).allMatch(Bar::holds);
    }

    @Test
    void whatRisesDoesNot() {
        List<Bar> missed = missed(soaked(i -> 40 + i, answered(), FINE));

        assertThat(missed)
                .extracting(Bar::name)
                .containsExactly(
                        "router-0 is flat, rise of heap MiB",
                        "router-0 is flat, rise of heap MiB from first to last quarter");
        // 20 looks, a minute apart, of which the first 5 do not count.
        assertThat(missed.get(0).value()).isEqualTo(14);
    }

    @Test
    void whatRisesInTheEndDoesNot() {
        assertThat(missed(soaked(i -> i < 17 ? 40 : 50, answered(), FINE)))
                .extracting(Bar::name)
                .containsExactly("router-0 is flat, rise of heap MiB from first to last quarter");
    }

    @Test
    void whatIsLookedAtAFewTimesIsNotFlat() {
        Soaked few = soaked(i -> 40, answered(), FINE, 12);

        assertThat(missed(few)).extracting(Bar::name).containsExactly("looks that count");
        assertThat(missed(few)).extracting(Bar::value).containsExactly(9.0);
    }

    @Test
    void whoLeavesHasToBeSeenToLeave() {
        assertThat(missed(soaked(i -> 40, answered(), new Ledger(60, 21, 0, 0, 0, 39, 0))))
                .extracting(Bar::name)
                .containsExactly("queries that were cancelled, against half of those whose callers left");
    }

    @Test
    void whatRisesBeforeItCountsIsNoRise() {
        assertThat(SoakReport.bars(soaked(i -> 40 + Math.min(i, 5), answered(), FINE)))
                .allMatch(Bar::holds);
    }

    @Test
    void everyQueryHasToBeAnsweredAndToAddUp() {
        Account lost = new Account(2, List.of(new Ended(0, 100, End.LOST, 5, 0, "no reply")));

        assertThat(missed(soaked(i -> 40, lost, new Ledger(50, 8, 0, 0, 0, 40, 1))))
                .extracting(Bar::name)
                .containsExactly(
                        "queries of the steady load without an outcome",
                        "queries of the steady load that were not answered",
                        "queries on the ledger without exactly one outcome, when all was over");
    }

    @Test
    void aLedgerThatKnowsOfFewerThanWereSentIsNone() {
        Account many = new Account(
                60,
                IntStream.range(0, 60)
                        .mapToObj(i -> new Ended(i, 100, End.ANSWERED, 5, 0, ""))
                        .toList());

        assertThat(missed(soaked(i -> 40, many, FINE)))
                .extracting(Bar::name)
                .containsExactly("queries on the ledger, against those that the steady load sent");
    }

    @Test
    void showsEverySignOfEveryProcess() {
        String table = SoakReport.table(soaked(i -> 40, answered(), FINE)).toString();

        assertThat(table.lines()).hasSize(1 + Sign.values().length);
        assertThat(table).contains("router-0      heap MiB   40.0    40.0   40.0       0.0    0.0");
    }

    private static List<Bar> missed(Soaked soaked) {
        return SoakReport.bars(soaked).stream().filter(bar -> !bar.holds()).toList();
    }

    private static Account answered() {
        return new Account(1, List.of(new Ended(0, 100, End.ANSWERED, 5, 0, "")));
    }

    private static Soaked soaked(IntToDoubleFunction heap, Account account, Ledger ledger) {
        return soaked(heap, account, ledger, 20);
    }

    /** Four callers leave in each round. */
    private static Soaked soaked(IntToDoubleFunction heap, Account account, Ledger ledger, int rounds) {
        List<Look> looks = IntStream.rangeClosed(1, rounds)
                .mapToObj(i -> new Look(
                        i, Map.of("router-0", new Vitals(heap.applyAsDouble(i), 3, 200 + 10 * i, 30, 40, 500))))
                .toList();
        return new Soaked(PLAN, looks, account, ledger);
    }
}
