package dev.sluice.benchmarks.faults;

import dev.sluice.benchmarks.callers.Account;
import dev.sluice.benchmarks.callers.End;
import dev.sluice.benchmarks.callers.Ended;
import dev.sluice.benchmarks.report.Median;
import dev.sluice.benchmarks.tiers.Ledger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a fault did to callers.
 *
 * @param account what became of every query, as the callers count
 * @param ledgers of each life of a frontend, since its start where that was later
 * @param oneLife whether all frontends lived on, so that both count the same queries
 */
record Aftermath(Fault fault, Episode episode, Account account, List<Ledger> ledgers, boolean oneLife) {

    private static final Duration STEP = Duration.ofMillis(500);
    static final double GOOD = 0.99;

    Account patient() {
        return account.of(FaultRun.PATIENT_MILLIS);
    }

    private Account hurried() {
        return account.of(FaultRun.HURRIED_MILLIS);
    }

    /** The share of the hurried ones in time, of those that were meant to leave then. */
    double attainment(Span span) {
        return hurried().between(span.from(), span.until()).attainment();
    }

    double attainmentMeanwhile() {
        return attainment(new Span(episode.from(), episode.ready()));
    }

    /** Of those that left when it should be well again. */
    double attainmentAfter(FaultPlan plan) {
        long well = episode.ready() + plan.settling().toNanos();
        return attainment(new Span(well, well + plan.watched().toNanos()));
    }

    /** How long after the last process was ready it took until all went well, to half a second. */
    double secondsToGood(FaultPlan plan) {
        long ready = episode.ready();
        long end = ready + plan.settling().plus(plan.watched()).toNanos();
        double back = 0;
        for (long at = ready; end - at >= STEP.toNanos(); at += STEP.toNanos()) {
            if (attainment(new Span(at, at + STEP.toNanos())) < GOOD) {
                back = (at + STEP.toNanos() - ready) / 1e9;
            }
        }
        return back;
    }

    /**
     * Patient queries that were not answered within their SLO, in whatever way, though somebody was there: refused, expired or answered
     * late counts as well.
     */
    long patientMissed(FaultPlan plan) {
        return patient().count(each -> isMissed(each, plan));
    }

    /** The first of them, in words. */
    String patientMissedWords(FaultPlan plan) {
        return patient().ended().stream()
                .filter(each -> isMissed(each, plan))
                .min((one, other) -> Long.signum(one.at() - other.at()))
                .map(each -> "%s after %.1f s, %.1f s after it began: %s"
                        .formatted(each.end(), each.millis() / 1e3, (each.at() - episode.from()) / 1e9, each.words()))
                .orElse("");
    }

    private boolean isMissed(Ended patient, FaultPlan plan) {
        Optional<Span> outage = fault.outage(episode, plan);
        return !patient.inTime()
                && outage.filter(span -> overlaps(patient, span)).isEmpty();
    }

    /** Which left in the outage, or was on its way when it began. */
    private static boolean overlaps(Ended each, Span outage) {
        return new Span(outage.from() - STEP.toNanos(), outage.until()).has(each.at());
    }

    /** What does not add up: a frontend that ended one query twice does not make up for one that forgot another. */
    long unaccounted() {
        return account.missing()
                + ledgers.stream().mapToLong(Ledger::unaccounted).sum();
    }

    /**
     * Queries of which frontends and callers do not tell the same; empty where they need not: where one turned or gave up, a frontend may
     * have accepted what its caller had no answer to.
     */
    OptionalLong disagreement() {
        if (!oneLife || account.turns() > 0 || account.count(End.GIVEN_UP) > 0) {
            return OptionalLong.empty();
        }
        Ledger all = ledgers.stream().reduce(Ledger.EMPTY, Ledger::plus);
        // A refusal is shed on the ledger where it is for want of room, and failed where nobody is there.
        long notAnswered = account.count(End.REFUSED) + account.count(End.FAILED) + account.count(End.LOST);
        return OptionalLong.of(Math.abs(all.accepted() - account.sent())
                + Math.abs(all.answered() - account.count(End.ANSWERED))
                + Math.abs(all.expired() - account.count(End.EXPIRED))
                + Math.abs(all.shed() + all.failed() - notAnswered)
                + all.cancelled());
    }

    /** Of which nobody knows what became, or that no frontend was there for in ten seconds. */
    long lost() {
        return account.count(End.LOST) + account.missing() + patient().count(End.GIVEN_UP);
    }

    /** Those whose answer came then. */
    long answeredWithin(Span span) {
        return account.count(each -> each.end() == End.ANSWERED && span.has(each.at() + (long) (each.millis() * 1e6)));
    }

    /** How long answers took to those that left meanwhile; not a number where there was none. */
    double medianMillisMeanwhile() {
        List<Ended> answered = account.between(episode.from(), episode.over()).ended().stream()
                .filter(each -> each.end() == End.ANSWERED)
                .toList();
        return answered.isEmpty() ? Double.NaN : Median.of(answered, Ended::millis);
    }

    double slowestPatientMillis() {
        return patient().ended().stream()
                .filter(each -> each.end() == End.ANSWERED)
                .mapToDouble(Ended::millis)
                .max()
                .orElse(Double.NaN);
    }
}
