package dev.sluice.benchmarks.faults;

import dev.sluice.benchmarks.callers.Account;
import dev.sluice.benchmarks.callers.End;
import dev.sluice.benchmarks.callers.Ended;
import dev.sluice.benchmarks.report.Bar;
import dev.sluice.benchmarks.tiers.Ledger;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/**
 * What a fault did to callers.
 *
 * @param from when it happened, as {@link System#nanoTime()} tells it
 * @param ready when the last process was ready again
 * @param account what became of every query, as the callers count
 * @param ledgers of all frontends, since their start where that was later
 * @param oneLife whether all frontends lived on, so that both count the same queries
 * @param own bars of the fault
 */
record Aftermath(Fault fault, long from, long ready, Account account, Ledger ledgers, boolean oneLife, List<Bar> own) {

    private static final Duration STEP = Duration.ofMillis(500);
    static final double GOOD = 0.99;

    double seconds() {
        return (ready - from) / 1e9;
    }

    Account patient() {
        return account.of(FaultRun.PATIENT_MILLIS);
    }

    private Account hurried() {
        return account.of(FaultRun.HURRIED_MILLIS);
    }

    /** Of those that were meant to leave while it was wrong. */
    double attainmentMeanwhile() {
        return hurried().between(from, ready).attainment();
    }

    /** The share of the hurried ones in time, of those that left when it should be well again. */
    double attainmentAfter(FaultPlan plan) {
        long well = ready + plan.settling().toNanos();
        return hurried().between(well, well + plan.watched().toNanos()).attainment();
    }

    /** How long after the last process was ready it took until all went well, to half a second. */
    double secondsToGood(FaultPlan plan) {
        long end = ready + plan.settling().plus(plan.watched()).toNanos();
        double back = 0;
        for (long at = ready; end - at >= STEP.toNanos(); at += STEP.toNanos()) {
            if (hurried().between(at, at + STEP.toNanos()).attainment() < GOOD) {
                back = (at + STEP.toNanos() - ready) / 1e9;
            }
        }
        return back;
    }

    /** Answers that frontends say they gave and callers did not get, or the other way round. */
    OptionalLong disagreement() {
        return oneLife && account.turns() == 0
                ? OptionalLong.of(Math.abs(ledgers.answered() - account.count(End.ANSWERED)))
                : OptionalLong.empty();
    }

    /** Of which nobody knows what became, or that no frontend was there for in ten seconds. */
    long lost() {
        return account.count(End.LOST) + account.missing() + patient().count(End.GIVEN_UP);
    }

    double slowestPatientMillis() {
        return patient().ended().stream()
                .filter(each -> each.end() == End.ANSWERED)
                .mapToDouble(Ended::millis)
                .max()
                .orElse(Double.NaN);
    }
}
