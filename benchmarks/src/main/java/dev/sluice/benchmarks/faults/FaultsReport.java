package dev.sluice.benchmarks.faults;

import dev.sluice.benchmarks.callers.Account;
import dev.sluice.benchmarks.callers.End;
import dev.sluice.benchmarks.report.Bar;
import dev.sluice.benchmarks.report.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How the {@code faults} bench presents what it saw. */
final class FaultsReport {

    private final FaultPlan plan;
    private final List<Aftermath> all;
    private final Map<String, String> broken;
    private final List<String> leftOut;

    /**
     * @param broken what could not be gone through with, and why, by fault
     * @param leftOut what was asked for and not tried, in sentences
     */
    FaultsReport(FaultPlan plan, List<Aftermath> all, Map<String, String> broken, List<String> leftOut) {
        this.plan = plan;
        this.all = all;
        this.broken = broken;
        this.leftOut = leftOut;
    }

    Table table() {
        Table table = new Table(
                "fault",
                "s",
                "queries",
                "turned",
                "refused",
                "expired",
                "failed",
                "given up",
                "lost",
                "patient not in time",
                "slowest s",
                "in time meanwhile",
                "after",
                "well after s");
        for (Aftermath each : all) {
            Account account = each.account();
            table.row(
                    each.fault().name(),
                    Table.decimals(each.episode().seconds(), 1),
                    Table.count(account.sent()),
                    Table.count(account.turns()),
                    Table.count(account.count(End.REFUSED)),
                    Table.count(account.count(End.EXPIRED)),
                    Table.count(account.count(End.FAILED)),
                    Table.count(account.count(End.GIVEN_UP)),
                    Table.count(each.lost()),
                    Table.count(each.patient().count(query -> !query.inTime())),
                    Table.decimals(each.slowestPatientMillis() / 1e3, 1),
                    percent(each.attainmentMeanwhile()),
                    percent(each.attainmentAfter(plan)),
                    Table.decimals(each.secondsToGood(plan), 1));
        }
        return table;
    }

    private static String percent(double share) {
        return Table.decimals(100 * share, 1) + " %";
    }

    List<Map<String, Object>> rows() {
        return all.stream().map(this::row).toList();
    }

    private Map<String, Object> row(Aftermath each) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("fault", each.fault().name());
        row.put("what", each.fault().what());
        row.put("seconds", each.episode().seconds());
        row.put("queries", each.account().sent());
        row.put("turned", each.account().turns());
        for (End end : End.values()) {
            row.put(end.name().toLowerCase(Locale.ROOT), each.account().count(end));
        }
        row.put("patient_not_in_time", each.patient().count(query -> !query.inTime()));
        row.put("patient_not_in_time_without_outage", each.patientMissed(plan));
        row.put("in_time_meanwhile", each.attainmentMeanwhile());
        row.put("in_time_after", each.attainmentAfter(plan));
        row.put("well_after_s", each.secondsToGood(plan));
        row.put("ledgers", each.ledgers());
        return row;
    }

    List<Bar> bars() {
        List<Bar> bars = new ArrayList<>();
        for (Aftermath each : all) {
            String name = each.fault().name() + ": ";
            bars.add(Bar.atMost(
                    name + "queries without exactly one outcome, callers' count and ledgers", each.unaccounted(), 0));
            each.disagreement()
                    .ifPresent(count ->
                            bars.add(Bar.atMost(name + "queries of which ledgers and callers do not agree", count, 0)));
            bars.add(Bar.atMost(name + "idempotent queries lost", each.lost(), 0));
            bars.add(Bar.atMost(
                    name + "patient queries not answered within their SLO"
                            + (each.fault().outage(each.episode(), plan).isPresent() ? ", outside of the outage" : ""),
                    each.patientMissed(plan),
                    0));
            bars.add(Bar.atMost(
                    name + "wrong answers and failures", each.account().count(End.FAILED), 0));
            bars.add(Bar.atLeast(
                    name
                            + "attainment from %d s after the last process is ready"
                                    .formatted(plan.settling().toSeconds()),
                    each.attainmentAfter(plan),
                    Aftermath.GOOD));
            bars.addAll(each.episode().bars());
            bars.addAll(each.fault().bars(each));
        }
        bars.add(Bar.atMost("faults left out", leftOut.size(), 0));
        broken.keySet().forEach(name -> bars.add(Bar.atMost(name + ": broke off", 1, 0)));
        return bars;
    }

    List<String> notes() {
        List<String> notes = new ArrayList<>();
        notes.add(
                ("open loop, %.0f queries/s to the idempotent actor vadder over the frontends in turn; whose connection breaks"
                                + " turns to the other frontend; half has an SLO of %d ms (in time), half of %d s (the patient)")
                        .formatted(plan.perSecond(), FaultRun.HURRIED_MILLIS, FaultRun.PATIENT_MILLIS / 1_000));
        notes.add(
                "two frontends, two routers, two hosts (full disk: one of each); what does not end by itself lasts %d s"
                        .formatted(plan.hold().toSeconds()));
        for (Aftermath each : all) {
            notes.add(each.fault().name() + ": " + each.fault().what());
            if (each.account().unanswered() > 0) {
                notes.add("  the first that was not answered: " + each.account().firstWords());
            }
            if (each.patientMissed(plan) > 0) {
                notes.add("  the first of the patient outside of an outage: " + each.patientMissedWords(plan));
            }
        }
        broken.forEach((name, why) -> notes.add(name + " broke off: " + why));
        notes.addAll(leftOut);
        return notes;
    }
}
