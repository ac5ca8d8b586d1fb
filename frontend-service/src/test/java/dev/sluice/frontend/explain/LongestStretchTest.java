package dev.sluice.frontend.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LongestStretchTest {

    private static Span span(int parent, String tier, String name, double millis) {
        return new Span(parent, tier, "somewhere", name, 0, millis, Map.of());
    }

    private static LongestStretch of(Span... spans) {
        return LongestStretch.of(List.of(spans));
    }

    @Test
    void isThatOfTheSpanWithTheMostForItself() {
        assertThat(of(
                        span(-1, "frontend", "query", 100),
                        span(0, "frontend", "link", 98),
                        span(1, "router", "router", 80),
                        span(2, "router", "queue", 30),
                        span(2, "router", "batch", 50),
                        span(4, "host", "wait", 4),
                        span(4, "host", "run", 40.0625)))
                .isEqualTo(new LongestStretch("host", "run", null, 40.063));
    }

    @Test
    void isTheWayWhereThatTookMost() {
        assertThat(of(
                        span(-1, "frontend", "query", 100),
                        span(0, "frontend", "link", 98),
                        span(1, "router", "router", 20)))
                .isEqualTo(new LongestStretch("frontend", "link", null, 78));
    }

    @Test
    void isInAStepOfAPipelineAlsoWhereStepsRanSideBySide() {
        assertThat(of(
                        span(-1, "frontend", "query", 50),
                        span(0, "router", "router", 50),
                        span(1, "router", "step left", 44),
                        span(2, "router", "queue", 42),
                        span(1, "router", "step right", 49),
                        span(4, "router", "queue", 1),
                        span(4, "host", "run", 45)))
                .isEqualTo(new LongestStretch("host", "run", "right", 45));
    }

    @Test
    void isTheWholeWhereNothingElseIsKnown() {
        assertThat(of(span(-1, "frontend", "query", 0))).isEqualTo(new LongestStretch("frontend", "query", null, 0));
    }
}
