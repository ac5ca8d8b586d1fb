package dev.sluice.benchmarks.sql;

import dev.sluice.benchmarks.report.Bar;
import dev.sluice.benchmarks.report.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How the {@code sql} bench presents what it found, and what it asks of it. */
final class SqlReport {

    private static final double SHARE_FLOOR = 0.85;
    private static final double GAIN_FLOOR = 8;

    private SqlReport() {}

    static String table(List<SqlCompared> questions) {
        Table table = new Table(
                "question", "database alone, queries/s", "served together", "of alone", "served one by one", "gain");
        for (SqlCompared question : questions) {
            table.row(
                    question.name(),
                    Table.decimals(question.direct(), 1),
                    Table.decimals(question.together(), 1),
                    Table.decimals(question.share(), 2),
                    Table.decimals(question.alone(), 1),
                    Table.decimals(question.gain(), 1));
        }
        return table.toString();
    }

    static List<Map<String, Object>> rows(List<SqlCompared> questions) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (SqlCompared question : questions) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("question", question.name());
            row.put("direct_queries_per_second", question.direct());
            row.put("together_queries_per_second", question.together());
            row.put("share_of_direct", question.share());
            row.put("alone_queries_per_second", question.alone());
            row.put("gain", question.gain());
            rows.add(row);
        }
        return rows;
    }

    static List<Bar> bars(List<SqlCompared> questions) {
        List<Bar> bars = new ArrayList<>();
        for (SqlCompared question : questions) {
            bars.add(Bar.atLeast("gain over one by one, " + question.name(), question.gain(), GAIN_FLOOR));
            bars.add(Bar.atLeast("share of the database alone, " + question.name(), question.share(), SHARE_FLOOR));
        }
        return bars;
    }

    static List<String> notes(SqlPlan plan) {
        return List.of(
                "a generated table of " + plan.rows() + " rows without an index; lookup: one row by a key in no order;"
                        + " total: count and sum of 100 rows of one key",
                "database alone: DuckDB in this process, " + plan.batch() + " queries in each run, all rows read",
                "served: one host with one replica, through router and frontend, HTTP with JSON, " + plan.outstanding()
                        + " queries outstanding, an SLO of " + plan.slo().toSeconds()
                        + " s; every answer checked, and none came later",
                "medians of " + plan.rounds() + " rounds in which the sides take turns");
    }
}
