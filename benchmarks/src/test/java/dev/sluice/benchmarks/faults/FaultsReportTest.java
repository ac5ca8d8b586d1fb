package dev.sluice.benchmarks.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.benchmarks.callers.Account;
import dev.sluice.benchmarks.callers.End;
import dev.sluice.benchmarks.callers.Ended;
import dev.sluice.benchmarks.report.Bar;
import dev.sluice.benchmarks.tiers.Ledger;
import dev.sluice.cli.platform.Tier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class FaultsReportTest {

    private static final long SECOND = 1_000_000_000L;

    /** 10 queries a second from -3 s to 20 s; the fault happens at 0 and all are ready at 5 s. */
    private static final int QUERIES = 230;

    private static final FaultPlan PLAN = FaultPlan.full();

    private static double seconds(int number) {
        return number / 10.0 - 3;
    }

    @Test
    void allThatIsWellHolds() {
        Aftermath fine = aftermath(number -> End.ANSWERED, ledger(QUERIES, QUERIES));

        assertThat(missed(fine)).isEmpty();
        assertThat(fine.secondsToGood(PLAN)).isZero();
        assertThat(fine.disagreement()).hasValue(0);
    }

    @Test
    void missesCountOnlyOnceItShouldBeWellAgain() {
        Aftermath late = aftermath(
                number -> seconds(number) >= 0 && seconds(number) < 9.5 ? End.EXPIRED : End.ANSWERED,
                new Ledger(QUERIES, QUERIES - 95, 0, 0, 95, 0, 0));

        assertThat(missed(late)).isEmpty();
        assertThat(late.attainmentMeanwhile()).isZero();
        assertThat(late.secondsToGood(PLAN)).isEqualTo(4.5);

        Aftermath later = aftermath(
                number -> seconds(number) >= 0 && seconds(number) < 11 ? End.EXPIRED : End.ANSWERED,
                new Ledger(QUERIES, QUERIES - 110, 0, 0, 110, 0, 0));
        assertThat(missed(later))
                .extracting(Bar::name)
                .containsExactly("kill host: attainment from 5 s after the last" + " process is ready");
    }

    @Test
    void anIdempotentQueryIsNeverLost() {
        Aftermath lost = aftermath(
                number -> number == 40 ? End.LOST : End.ANSWERED, new Ledger(QUERIES, QUERIES - 1, 1, 0, 0, 0, 0));

        assertThat(missed(lost)).extracting(Bar::name).containsExactly("kill host: idempotent queries lost");
    }

    @Test
    void theHurriedMayGiveUpAndThePatientMayNot() {
        // Those with an even number are in a hurry.
        Aftermath hurried =
                aftermath(number -> number == 40 ? End.GIVEN_UP : End.ANSWERED, ledger(QUERIES - 1, QUERIES - 1));
        Aftermath patient =
                aftermath(number -> number == 41 ? End.GIVEN_UP : End.ANSWERED, ledger(QUERIES - 1, QUERIES - 1));

        assertThat(missed(hurried)).isEmpty();
        assertThat(missed(patient)).extracting(Bar::name).containsExactly("kill host: idempotent queries lost");
    }

    @Test
    void whatDoesNotAddUpDoesNotHold() {
        assertThat(missed(aftermath(number -> End.ANSWERED, new Ledger(QUERIES + 1, QUERIES, 0, 0, 0, 0, 0))))
                .extracting(Bar::name)
                .containsExactly("kill host: queries without exactly one outcome, callers' count and ledgers");
        assertThat(missed(aftermath(number -> End.ANSWERED, ledger(QUERIES + 2, QUERIES + 2))))
                .extracting(Bar::name)
                .containsExactly("kill host: answers of which ledgers and callers do not agree");
    }

    @Test
    void aFrontendThatDiedCannotBeAskedWhatItAnswered() {
        Account account = account(number -> End.ANSWERED);

        assertThat(new Aftermath(new Killed(Tier.FRONTEND), 0, 5 * SECOND, account, ledger(3, 3), false, List.of())
                        .disagreement())
                .isEmpty();
    }

    @Test
    void aFaultThatBrokeOffDoesNotHoldAndSaysWhy() {
        FaultsReport report = new FaultsReport(PLAN, List.of(), Map.of("full disk", "no prlimit"));

        assertThat(report.bars()).extracting(Bar::name).containsExactly("full disk: broke off");
        assertThat(report.bars()).noneMatch(Bar::holds);
        assertThat(report.notes(List.of())).contains("full disk broke off: no prlimit");
    }

    @Test
    void showsALineForEachFault() {
        String table = new FaultsReport(
                        PLAN, List.of(aftermath(number -> End.ANSWERED, ledger(QUERIES, QUERIES))), Map.of())
                .table();

        assertThat(table.lines()).hasSize(2);
        assertThat(table).contains("kill host", "100.0 %");
    }

    private static List<Bar> missed(Aftermath aftermath) {
        return new FaultsReport(PLAN, List.of(aftermath), Map.of())
                .bars().stream().filter(bar -> !bar.holds()).toList();
    }

    private static Aftermath aftermath(Function<Integer, End> ends, Ledger ledger) {
        return new Aftermath(new Killed(Tier.HOST), 0, 5 * SECOND, account(ends), ledger, true, List.of());
    }

    private static Ledger ledger(long accepted, long answered) {
        return new Ledger(accepted, answered, 0, 0, 0, 0, 0);
    }

    private static Account account(Function<Integer, End> ends) {
        List<Ended> ended = new ArrayList<>();
        for (int i = 0; i < QUERIES; i++) {
            long at = i * SECOND / 10 - 3 * SECOND;
            ended.add(new Ended(
                    at, i % 2 == 0 ? FaultRun.HURRIED_MILLIS : FaultRun.PATIENT_MILLIS, ends.apply(i), 5, 0, "x"));
        }
        return new Account(QUERIES, ended);
    }
}
