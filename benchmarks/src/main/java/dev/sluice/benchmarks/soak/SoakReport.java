package dev.sluice.benchmarks.soak;

import dev.sluice.benchmarks.callers.Account;
import dev.sluice.benchmarks.callers.End;
import dev.sluice.benchmarks.report.Bar;
import dev.sluice.benchmarks.report.Table;
import dev.sluice.benchmarks.tiers.Ledger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How the {@code soak} bench presents what it saw. */
final class SoakReport {

    /** Anything is flat for who looks but a few times. */
    private static final int LEAST_LOOKS = 10;

    private SoakReport() {}

    static Table table(Soaked soaked) {
        Table table = new Table("process", "of it", "start", "middle", "end", "per hour", "step");
        for (String process : soaked.processes()) {
            for (Sign sign : Sign.values()) {
                Trend trend = soaked.trend(process, sign);
                table.row(
                        process,
                        sign.title(),
                        Table.decimals(trend.start(), 1),
                        Table.decimals(trend.middle(), 1),
                        Table.decimals(trend.end(), 1),
                        Table.decimals(trend.growth(60), 1),
                        Table.decimals(trend.step(), 1));
            }
        }
        return table;
    }

    static List<Map<String, Object>> rows(Soaked soaked) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (String process : soaked.processes()) {
            for (Sign sign : Sign.values()) {
                Trend trend = soaked.trend(process, sign);
                Map<String, Object> row = new LinkedHashMap<>();
                row.put("process", process);
                row.put("of", sign.title());
                row.put("start", trend.start());
                row.put("middle", trend.middle());
                row.put("end", trend.end());
                row.put("per_minute", trend.perMinute());
                row.put("step", trend.step());
                rows.add(row);
            }
        }
        return rows;
    }

    static List<Bar> bars(Soaked soaked) {
        List<Bar> bars = new ArrayList<>();
        bars.add(Bar.atLeast("looks that count", soaked.counted().size(), LEAST_LOOKS));
        for (String process : soaked.processes()) {
            for (Sign sign : Sign.values()) {
                if (sign.hasBar()) {
                    Trend trend = soaked.trend(process, sign);
                    String what = process + " is flat, rise of " + sign.title();
                    bars.add(Bar.atMost(what, trend.growth(soaked.countedMinutes()), sign.most()));
                    bars.add(Bar.atMost(what + " from first to last quarter", trend.step(), sign.most()));
                }
            }
        }
        Account callers = soaked.callers();
        bars.add(Bar.atMost("queries of the steady load without an outcome", callers.missing(), 0));
        bars.add(Bar.atMost("queries of the steady load that were not answered", callers.unanswered(), 0));
        bars.add(Bar.atMost(
                "queries on the ledger without exactly one outcome, when all was over",
                soaked.ledger().unaccounted(),
                0));
        bars.add(Bar.atLeast(
                "queries on the ledger, against those that the steady load sent",
                soaked.ledger().accepted(),
                callers.sent()));
        bars.add(Bar.atLeast(
                "queries that were cancelled, against half of those whose callers left",
                soaked.ledger().cancelled(),
                soaked.rounds() * soaked.plan().leavers() / 2.0));
        return bars;
    }

    static List<String> notes(Soaked soaked) {
        SoakPlan plan = soaked.plan();
        List<String> notes = new ArrayList<>();
        notes.add(
                ("%.1f minutes, %d rounds, in each: clients of every protocol, %d callers who leave before their answer,"
                                + " a new version, two replicas more and two fewer; looked at after each round, after a full collection")
                        .formatted(soaked.minutes(), soaked.rounds(), plan.leavers()));
        notes.add(
                ("start is after %.0f %% of the time, %d looks count; the slope is the median of those between any two looks, the step is the"
                                + " median of the last quarter less that of the first")
                        .formatted(100 * plan.lead(), soaked.counted().size()));
        Account callers = soaked.callers();
        notes.add("steady load: %.0f queries/s, %,d sent, %,d answered, %,d not"
                .formatted(plan.perSecond(), callers.sent(), callers.count(End.ANSWERED), callers.unanswered()));
        if (callers.unanswered() > 0) {
            notes.add("the first that was not: " + callers.firstWords());
        }
        Ledger ledger = soaked.ledger();
        notes.add(
                "ledger: %,d accepted = %,d answered + %,d failed + %,d shed + %,d expired + %,d cancelled + %,d in flight"
                        .formatted(
                                ledger.accepted(),
                                ledger.answered(),
                                ledger.failed(),
                                ledger.shed(),
                                ledger.expired(),
                                ledger.cancelled(),
                                ledger.inFlight()));
        return notes;
    }
}
