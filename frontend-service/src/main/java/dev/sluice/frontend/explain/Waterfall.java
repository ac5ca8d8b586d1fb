package dev.sluice.frontend.explain;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.report.QueryReport;
import dev.sluice.common.report.QueryReport.Batched;
import dev.sluice.common.report.QueryReport.Ran;
import dev.sluice.common.report.QueryReport.Step;
import dev.sluice.frontend.explain.EndedQuery.Sent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The time of one query as spans. Each tier tells only how long something took by its own clock, so where a tier's span begins within
 * that of the tier before it is an assumption: the way there takes as long as the way back.
 */
final class Waterfall {

    private static final String FRONTEND = "frontend";
    private static final String ROUTER = "router";
    private static final String HOST = "host";
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double MICROS = 1e3;

    private final List<Span> spans = new ArrayList<>();
    private final String node;
    private String router = "";

    private Waterfall(String node) {
        this.node = node;
    }

    /** @param node this frontend */
    static List<Span> of(EndedQuery query, String node) {
        Waterfall waterfall = new Waterfall(node);
        Sent sent = query.sent();
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("attempts", sent == null ? 0 : sent.attempts());
        int root = waterfall.add(-1, FRONTEND, node, "query", 0, query.totalNanos(), attributes);
        if (sent != null) {
            waterfall.link(root, sent, query.totalNanos() - sent.afterNanos(), report(sent));
        }
        return waterfall.spans;
    }

    /** What the router that answered was asked for last; null where it did not say. */
    static @Nullable QueryReport report(@Nullable Sent sent) {
        byte[] encoded = sent == null ? null : sent.report();
        if (encoded == null) {
            return null;
        }
        try {
            return QueryReport.decode(encoded);
        } catch (IllegalArgumentException damaged) {
            // As if there were none: it is only there to be shown.
            return null;
        }
    }

    private void link(int parent, Sent sent, long nanos, @Nullable QueryReport report) {
        router = sent.router();
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("router", router);
        if (report == null) {
            add(parent, FRONTEND, node, "link", sent.afterNanos(), nanos, attributes);
            return;
        }
        long way = Math.max(0, nanos - report.totalNanos());
        attributes.put("wayMs", millis(way));
        int link = add(parent, FRONTEND, node, "link", sent.afterNanos(), nanos, attributes);
        long start = sent.afterNanos() + way / 2;
        int inRouter = add(link, ROUTER, router, ROUTER, start, report.totalNanos(), leftOut(report));
        inside(inRouter, start, report);
    }

    private static Map<String, Object> leftOut(QueryReport report) {
        return report.stepsLeftOut() == 0 ? Map.of() : Map.of("stepsLeftOut", report.stepsLeftOut());
    }

    private void inside(int parent, long start, QueryReport report) {
        Batched batch = report.batch();
        if (batch != null || report.queuedNanos() > 0) {
            add(parent, ROUTER, router, "queue", start, report.queuedNanos(), Map.of("starts", report.starts()));
        }
        if (batch != null) {
            batch(parent, start + report.queuedNanos(), batch);
        }
        report.steps().forEach(step -> step(parent, start, step));
    }

    private void batch(int parent, long start, Batched batch) {
        Ran ran = batch.ran();
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("size", batch.size());
        attributes.put("position", batch.place());
        attributes.put("replica", batch.replica());
        attributes.put("host", batch.host());
        if (ran == null) {
            add(parent, ROUTER, router, "batch", start, batch.nanos(), attributes);
            return;
        }
        long way = Math.max(0, batch.nanos() - ran.waitedNanos() - ran.ranNanos());
        attributes.put("wayMs", millis(way));
        int at = add(parent, ROUTER, router, "batch", start, batch.nanos(), attributes);
        long there = start + way / 2;
        add(at, HOST, batch.host(), "wait", there, ran.waitedNanos(), Map.of());
        add(
                at,
                HOST,
                batch.host(),
                "run",
                there + ran.waitedNanos(),
                ran.ranNanos(),
                Map.of("replica", batch.replica()));
    }

    private void step(int parent, long start, Step step) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("step", step.step());
        attributes.put("actor", step.actor());
        attributes.put("method", step.method());
        attributes.put("version", step.report().version());
        attributes.put(
                "code", step.code() == 0 ? "OK" : ErrorCode.of(step.code()).name());
        attributes.putAll(leftOut(step.report()));
        long began = start + step.startNanos();
        int at = add(
                parent,
                ROUTER,
                router,
                "step " + step.step(),
                began,
                step.report().totalNanos(),
                attributes);
        inside(at, began, step.report());
    }

    private int add(
            int parent,
            String tier,
            String where,
            String name,
            long startNanos,
            long nanos,
            Map<String, Object> attributes) {
        spans.add(new Span(parent, tier, where, name, millis(startNanos), millis(nanos), attributes));
        return spans.size() - 1;
    }

    /** To a microsecond. */
    static double millis(long nanos) {
        return rounded(nanos / NANOS_PER_MILLI);
    }

    /** To a microsecond. */
    static double rounded(double millis) {
        return Math.round(millis * MICROS) / MICROS;
    }
}
