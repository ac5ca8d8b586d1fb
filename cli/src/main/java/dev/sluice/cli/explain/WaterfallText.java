package dev.sluice.cli.explain;

import dev.sluice.cli.output.Table;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** One query's spans, a line each, with a bar where in the query's time it lies. */
final class WaterfallText {

    private static final int WIDTH = 40;
    private static final String INDENT = "  ";

    private final JsonNode query;

    WaterfallText(JsonNode query) {
        this.query = query;
    }

    void print(PrintWriter out) {
        out.println(sentence());
        String trace = query.path("traceId").asString("");
        if (!trace.isEmpty()) {
            out.println("Trace " + trace);
        }
        String message = query.path("message").asString("");
        if (!message.isEmpty()) {
            out.println(message);
        }
        out.println();
        table().print(out);
    }

    private String sentence() {
        String version = query.path("version").asString("");
        JsonNode slo = query.path("sloMs");
        return "Query " + query.path("id").asString() + " to "
                + query.path("actor").asString() + "." + query.path("method").asString()
                + (version.isEmpty() ? "" : " (version " + version + ")") + " over "
                + query.path("protocol").asString() + ": "
                + query.path("outcome").asString() + " (" + query.path("code").asString() + ") after "
                + millis(query.path("totalMs")) + " ms"
                + (slo.isNumber() ? " of " + millis(slo) : "") + ", " + ago(query) + " ago";
    }

    /** In whole units: {@code 3 s}. */
    static String ago(JsonNode query) {
        double seconds = query.path("agoMs").asDouble(0) / 1000;
        if (seconds < 60) {
            return Math.round(seconds) + " s";
        }
        return seconds < 3600 ? Math.round(seconds / 60) + " min" : Math.round(seconds / 3600) + " h";
    }

    /** Where most of its time went: {@code run 62 %}; a dash where the frontend does not say. */
    static String mostly(JsonNode query) {
        JsonNode longest = query.path("longest");
        double whole = query.path("totalMs").asDouble(0);
        if (!longest.isObject() || whole <= 0) {
            return "-";
        }
        String name = longest.path("name").asString("");
        String step = longest.path("step").asString("");
        return (step.isEmpty() || name.startsWith("step ") ? "" : "step " + step + ": ") + name + " "
                + Math.round(longest.path("ms").asDouble(0) / whole * 100) + " %";
    }

    static String millis(JsonNode number) {
        return String.format(Locale.ROOT, "%.3f", number.asDouble(0));
    }

    private Table table() {
        Table table = new Table("SPAN", "NODE", "TIME", "START", "MS", "");
        double total = Math.max(query.path("totalMs").asDouble(0), 1e-9);
        List<Integer> depths = new ArrayList<>();
        for (JsonNode span : query.path("spans")) {
            int parent = span.path("parent").asInt(-1);
            int depth = parent < 0 || parent >= depths.size() ? 0 : depths.get(parent) + 1;
            depths.add(depth);
            table.row(
                    INDENT.repeat(depth) + span.path("name").asString(""),
                    span.path("node").asString(""),
                    bar(span, total),
                    millis(span.path("startMs")),
                    millis(span.path("durationMs")),
                    attributes(span.path("attributes")));
        }
        return table;
    }

    /** At least one sign long, wherever it lies. */
    private static String bar(JsonNode span, double total) {
        int from = place(span.path("startMs").asDouble(0) / total);
        int to = place(
                (span.path("startMs").asDouble(0) + span.path("durationMs").asDouble(0)) / total);
        int begin = Math.min(from, WIDTH - 1);
        int length = Math.max(1, to - begin);
        return "|" + " ".repeat(begin) + "#".repeat(length) + " ".repeat(WIDTH - begin - length) + "|";
    }

    private static int place(double part) {
        return (int) Math.round(Math.max(0, Math.min(1, part)) * WIDTH);
    }

    private static String attributes(JsonNode attributes) {
        List<String> parts = new ArrayList<>();
        attributes
                .properties()
                .forEach(each -> parts.add(each.getKey() + "=" + each.getValue().asString()));
        return String.join(" ", parts);
    }
}
