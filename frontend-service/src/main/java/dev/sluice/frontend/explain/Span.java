package dev.sluice.frontend.explain;

import java.util.Map;

/**
 * One stretch of a query's time.
 *
 * @param parent place in the list of the span that it is part of; -1 of the first
 * @param tier {@code frontend}, {@code router} or {@code host}
 * @param node that measured it, or where that is not known is empty
 * @param name {@code query}, {@code link}, {@code router}, {@code queue}, {@code batch}, {@code wait}, {@code run}, or {@code step} and
 *     the name of a pipeline's step
 * @param startMs since the query was accepted
 * @param attributes texts and numbers
 */
public record Span(
        int parent,
        String tier,
        String node,
        String name,
        double startMs,
        double durationMs,
        Map<String, Object> attributes) {}
