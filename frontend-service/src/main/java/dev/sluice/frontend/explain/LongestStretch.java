package dev.sluice.frontend.explain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where most of a query's time went: the span that has the most for itself, so without what the spans within it took. What a span of
 * parallel steps has for itself is little, and the longest of the steps is told.
 *
 * @param step of a pipeline, in which that was; null where it was in none
 * @param name of the span
 * @param ms for itself
 */
public record LongestStretch(
        String tier, String name, @Nullable String step, double ms) {

    private static final String STEP = "step ";

    /** @param spans each after the one that it is within; at least one */
    static LongestStretch of(List<Span> spans) {
        double[] own = new double[spans.size()];
        int longest = 0;
        for (int i = spans.size() - 1; i >= 0; i--) {
            Span span = spans.get(i);
            // Those within it come after it, so that all of theirs is taken off already.
            own[i] += span.durationMs();
            if (span.parent() >= 0) {
                own[span.parent()] -= span.durationMs();
            }
        }
        for (int i = 1; i < own.length; i++) {
            if (own[i] > own[longest]) {
                longest = i;
            }
        }
        Span span = spans.get(longest);
        return new LongestStretch(span.tier(), span.name(), step(spans, longest), Waterfall.rounded(own[longest]));
    }

    private static @Nullable String step(List<Span> spans, int of) {
        for (int i = of; i >= 0; i = spans.get(i).parent()) {
            String name = spans.get(i).name();
            if (name.startsWith(STEP)) {
                return name.substring(STEP.length());
            }
        }
        return null;
    }
}
