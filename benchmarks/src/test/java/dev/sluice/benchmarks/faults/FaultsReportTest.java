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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FaultsReportTest {

    private static final long SECOND = 1_000_000_000L;

    /** 10 queries a second from -3 s to 20 s; the fault happens at 0 and all are ready at 5 s. */
    private static final int QUERIES = 230;

    private static final Episode EPISODE = new Episode(0, 5 * SECOND, 5 * SECOND, List.of());

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
    void missesOfTheHurriedCountOnlyOnceItShouldBeWellAgain() {
        Aftermath late = aftermath(
                number ->
                        isHurried(number) && seconds(number) >= 0 && seconds(number) < 9.5 ? End.EXPIRED : End.ANSWERED,
                expired(48));

        assertThat(missed(late)).isEmpty();
        assertThat(late.attainmentMeanwhile()).isZero();
        assertThat(late.secondsToGood(PLAN)).isEqualTo(4.5);

        Aftermath later = aftermath(
                number ->
                        isHurried(number) && seconds(number) >= 0 && seconds(number) < 11 ? End.EXPIRED : End.ANSWERED,
                expired(55));
        assertThat(missed(later))
                .extracting(Bar::name)
                .containsExactly("kill host: attainment from 5 s after the last process is ready");
    }

    @ParameterizedTest
    @EnumSource(
            value = End.class,
            names = {"REFUSED", "EXPIRED"})
    void thePatientAreAnsweredWhereSomebodyElseIsThere(End end) {
        Ledger ledger = end == End.EXPIRED ? expired(1) : new Ledger(QUERIES, QUERIES - 1, 1, 0, 0, 0, 0);

        assertThat(missed(aftermath(number -> number == 41 ? end : End.ANSWERED, ledger)))
                .extracting(Bar::name)
                .containsExactly("kill host: patient queries not answered within their SLO");
    }

    @Test
    void anAnswerAfterItsSloIsNone() {
        Account account = account(number -> End.ANSWERED);
        List<Ended> ended = new ArrayList<>(account.ended());
        Ended patient = ended.get(41);
        ended.set(41, new Ended(patient.at(), patient.sloMillis(), End.ANSWERED, 29_000, 0, ""));

        assertThat(missed(new Aftermath(
                        new Killed(Tier.HOST),
                        EPISODE,
                        new Account(QUERIES, ended),
                        List.of(ledger(QUERIES, QUERIES)),
                        true)))
                .extracting(Bar::name)
                .containsExactly("kill host: patient queries not answered within their SLO");
    }

    @Test
    void whereNobodyIsThereThePatientMayBeRefusedAndAtNoOtherTime() {
        Ledger ledger = new Ledger(QUERIES, QUERIES - 1, 1, 0, 0, 0, 0);

        assertThat(patientMissed(new HostsKilled(), EPISODE, 4.8, ledger)).isZero();
        assertThat(patientMissed(new HostsKilled(), EPISODE, 5.2, ledger)).isEqualTo(1);
        assertThat(patientMissed(new HostsKilled(), EPISODE, -1, ledger)).isEqualTo(1);
        assertThat(patientMissed(new NetworkGone(), EPISODE, 9.9, ledger)).isZero();
        assertThat(patientMissed(new NetworkGone(), EPISODE, 10.2, ledger)).isEqualTo(1);
        assertThat(patientMissed(new FullDisk(), new Episode(0, 3 * SECOND, 5 * SECOND, List.of()), 2, ledger))
                .isEqualTo(1);
    }

    @Test
    void anIdempotentQueryIsNeverLost() {
        Aftermath lost = aftermath(
                number -> number == 40 ? End.LOST : End.ANSWERED, new Ledger(QUERIES, QUERIES - 1, 1, 0, 0, 0, 0));

        assertThat(missed(lost)).extracting(Bar::name).containsExactly("kill host: idempotent queries lost");
    }

    @Test
    void theHurriedMayGiveUpAndThePatientMayNot() {
        Aftermath hurried =
                aftermath(number -> number == 40 ? End.GIVEN_UP : End.ANSWERED, ledger(QUERIES - 1, QUERIES - 1));
        Aftermath patient =
                aftermath(number -> number == 41 ? End.GIVEN_UP : End.ANSWERED, ledger(QUERIES - 1, QUERIES - 1));

        assertThat(missed(hurried)).isEmpty();
        assertThat(missed(patient))
                .extracting(Bar::name)
                .containsExactly(
                        "kill host: idempotent queries lost",
                        "kill host: patient queries not answered within their SLO");
    }

    @Test
    void whatDoesNotAddUpDoesNotHold() {
        assertThat(missed(aftermath(number -> End.ANSWERED, new Ledger(QUERIES, QUERIES - 1, 0, 0, 0, 0, 0))))
                .extracting(Bar::name)
                .containsExactly(
                        "kill host: queries without exactly one outcome, callers' count and ledgers",
                        "kill host: queries of which ledgers and callers do not agree");
    }

    @Test
    void oneFrontendDoesNotMakeUpForTheOther() {
        List<Ledger> crossed = List.of(new Ledger(115, 116, 0, 0, 0, 0, 0), new Ledger(115, 114, 0, 0, 0, 0, 0));

        assertThat(missed(
                        new Aftermath(new Killed(Tier.HOST), EPISODE, account(number -> End.ANSWERED), crossed, true)))
                .extracting(Bar::value)
                .containsExactly(2.0);
    }

    @Test
    void bothTellTheSameOfEveryOutcome() {
        assertThat(aftermath(number -> End.ANSWERED, ledger(QUERIES + 2, QUERIES + 2))
                        .disagreement())
                .hasValue(4);
        assertThat(aftermath(number -> number == 40 ? End.EXPIRED : End.ANSWERED, expired(1))
                        .disagreement())
                .hasValue(0);
        assertThat(aftermath(
                                number -> number == 40 ? End.EXPIRED : End.ANSWERED,
                                new Ledger(QUERIES, QUERIES - 1, 0, 1, 0, 0, 0))
                        .disagreement())
                .hasValue(2);
    }

    @Test
    void aFrontendThatDiedCannotBeAskedWhatItAnswered() {
        Account account = account(number -> End.ANSWERED);

        assertThat(new Aftermath(new Killed(Tier.FRONTEND), EPISODE, account, List.of(ledger(3, 3)), false)
                        .disagreement())
                .isEmpty();
    }

    @Test
    void aNetworkThatIsGoneAnswersNobodyAndABadOneIsSlow() {
        Aftermath answered = new Aftermath(
                new NetworkGone(), EPISODE, account(number -> End.ANSWERED), List.of(ledger(QUERIES, QUERIES)), true);
        Aftermath fast = new Aftermath(
                new NetworkSlow(), EPISODE, account(number -> End.ANSWERED), List.of(ledger(QUERIES, QUERIES)), true);

        assertThat(missed(answered)).extracting(Bar::name).containsExactly("no network: answers meanwhile");
        assertThat(missed(fast))
                .extracting(Bar::name)
                .containsExactly("bad network: median time of an answer meanwhile, ms");
    }

    @Test
    void wrongClocksAreLookedAtWhileTheyAreWrong() {
        Aftermath late = new Aftermath(
                new WrongClocks(),
                EPISODE,
                account(number -> number == 40 || number == 42 ? End.EXPIRED : End.ANSWERED),
                List.of(expired(2)),
                true);

        assertThat(missed(late)).extracting(Bar::name).containsExactly("wrong clocks: attainment while they are wrong");
    }

    @Test
    void whatIsLeftOutDoesNotHold() {
        FaultsReport report = new FaultsReport(PLAN, List.of(), Map.of(), List.of("left out: wrong clocks"));

        assertThat(report.bars()).noneMatch(Bar::holds).extracting(Bar::name).containsExactly("faults left out");
        assertThat(report.notes()).contains("left out: wrong clocks");
    }

    @Test
    void aFaultThatBrokeOffDoesNotHoldAndSaysWhy() {
        FaultsReport report = new FaultsReport(PLAN, List.of(), Map.of("full disk", "no prlimit"), List.of());

        assertThat(report.bars().stream().filter(bar -> !bar.holds()))
                .extracting(Bar::name)
                .containsExactly("full disk: broke off");
        assertThat(report.notes()).contains("full disk broke off: no prlimit");
    }

    @Test
    void showsALineForEachFault() {
        String table = new FaultsReport(
                        PLAN, List.of(aftermath(number -> End.ANSWERED, ledger(QUERIES, QUERIES))), Map.of(), List.of())
                .table()
                .toString();

        assertThat(table.lines()).hasSize(2);
        assertThat(table).contains("kill host", "100.0 %");
    }

    private static List<Bar> missed(Aftermath aftermath) {
        return new FaultsReport(PLAN, List.of(aftermath), Map.of(), List.of())
                .bars().stream().filter(bar -> !bar.holds()).toList();
    }

    private static Aftermath aftermath(Function<Integer, End> ends, Ledger ledger) {
        return new Aftermath(new Killed(Tier.HOST), EPISODE, account(ends), List.of(ledger), true);
    }

    /** Where the one patient query that leaves at the time, or shortly after it, is refused. */
    private static long patientMissed(Fault fault, Episode episode, double seconds, Ledger ledger) {
        int refused = (int) Math.round(10 * (seconds + 3)) | 1;
        return new Aftermath(
                        fault,
                        episode,
                        account(number -> number == refused ? End.REFUSED : End.ANSWERED),
                        List.of(ledger),
                        true)
                .patientMissed(PLAN);
    }

    private static boolean isHurried(int number) {
        return number % 2 == 0;
    }

    private static Ledger expired(long count) {
        return new Ledger(QUERIES, QUERIES - count, 0, 0, count, 0, 0);
    }

    private static Ledger ledger(long accepted, long answered) {
        return new Ledger(accepted, answered, 0, 0, 0, 0, 0);
    }

    private static Account account(Function<Integer, End> ends) {
        List<Ended> ended = new ArrayList<>();
        for (int i = 0; i < QUERIES; i++) {
            long at = i * SECOND / 10 - 3 * SECOND;
            ended.add(new Ended(
                    at, isHurried(i) ? FaultRun.HURRIED_MILLIS : FaultRun.PATIENT_MILLIS, ends.apply(i), 5, 0, "x"));
        }
        return new Account(QUERIES, ended);
    }
}
