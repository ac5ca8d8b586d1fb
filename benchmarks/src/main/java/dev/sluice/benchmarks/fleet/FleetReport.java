package dev.sluice.benchmarks.fleet;

import dev.sluice.benchmarks.fleet.Flow.End;
import dev.sluice.benchmarks.report.Bar;
import dev.sluice.benchmarks.report.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How the {@code fleet} bench presents what it saw. */
final class FleetReport {

    private FleetReport() {}

    static String table(List<Story> stories) {
        Table table = new Table(
                "scenario",
                "s",
                "queries",
                "not answered",
                "refused",
                "expired",
                "failed",
                "p50 ms",
                "p99 ms",
                "most ms",
                "bars");
        for (Story story : stories) {
            Flow flow = story.flow();
            table.row(
                    story.name(),
                    Table.decimals(story.seconds(), 0),
                    Table.count(flow.queries()),
                    Table.count(flow.unanswered()),
                    Table.count(flow.count(End.REFUSED)),
                    Table.count(flow.count(End.EXPIRED)),
                    Table.count(flow.count(End.FAILED) + flow.count(End.LOST)),
                    Table.decimals(flow.millis(50), 1),
                    Table.decimals(flow.millis(99), 1),
                    Table.decimals(flow.millis(100), 0),
                    story.bars().stream().allMatch(Bar::holds) ? "hold" : "missed");
        }
        return table.toString();
    }

    static List<Map<String, Object>> rows(List<Story> stories) {
        return stories.stream().map(FleetReport::row).toList();
    }

    private static Map<String, Object> row(Story story) {
        Flow flow = story.flow();
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("scenario", story.name());
        row.put("seconds", story.seconds());
        row.put("queries", flow.queries());
        row.put("not_answered", flow.unanswered());
        for (End end : End.values()) {
            row.put(end.name().toLowerCase(java.util.Locale.ROOT), flow.count(end));
        }
        row.put("p50_ms", flow.millis(50));
        row.put("p99_ms", flow.millis(99));
        row.put("most_ms", flow.millis(100));
        row.putAll(story.figures());
        row.put("series", Series.of(story).rows());
        row.put("marks", story.marks());
        row.put("events", story.events());
        return row;
    }

    static List<Bar> bars(List<Story> stories) {
        return stories.stream().flatMap(story -> story.bars().stream()).toList();
    }

    static List<String> notes(FleetPlan plan, List<Story> stories, List<String> left) {
        List<String> notes = new ArrayList<>();
        notes.add(
                "open loop; times count from when a query was meant to leave; its SLO is %d s, and %d s in step and bursty"
                        .formatted(Stage.LOOSE_MILLIS / 1_000, Stage.TIGHT_MILLIS / 1_000));
        notes.add(
                "%.0f queries/s (twice that in broken; 30, then 250 in step); 3 hosts, one frontend, one router (two in: router, and 2 hosts)"
                        .formatted(plan.perSecond()));
        notes.add("replicas are looked at every %d ms, in the bursty load every %d ms; decisions have the router's time"
                .formatted(Stage.CLOSELY.toMillis(), Stage.NOW_AND_THEN.toMillis()));
        stories.forEach(
                story -> story.flow().firstWords().forEach(words -> notes.add(story.name() + ", the first " + words)));
        notes.addAll(left);
        return notes;
    }
}
