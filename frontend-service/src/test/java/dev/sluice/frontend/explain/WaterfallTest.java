package dev.sluice.frontend.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.report.QueryReport;
import dev.sluice.common.report.QueryReport.Batched;
import dev.sluice.common.report.QueryReport.Ran;
import dev.sluice.common.report.QueryReport.Step;
import dev.sluice.frontend.explain.EndedQuery.Sent;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WaterfallTest {

    private static final QueryReport PLAIN =
            new QueryReport("1", ms(80), ms(30), 1, new Batched(8, 3, "r-0", "host", ms(50), new Ran(ms(4), ms(40))));

    @Test
    void putsEachTierIntoTheOneThatAskedIt() {
        assertThat(spans(ms(100), new Sent("router", 1, ms(2), PLAIN.encode())))
                .containsExactly(
                        new Span(-1, "frontend", "here", "query", 0, 100, Map.of("attempts", 1)),
                        new Span(0, "frontend", "here", "link", 2, 98, Map.of("router", "router", "wayMs", 18.0)),
                        new Span(1, "router", "router", "router", 11, 80, Map.of()),
                        new Span(2, "router", "router", "queue", 11, 30, Map.of("starts", 1)),
                        new Span(
                                2,
                                "router",
                                "router",
                                "batch",
                                41,
                                50,
                                Map.of("size", 8, "position", 3, "replica", "r-0", "host", "host", "wayMs", 6.0)),
                        new Span(4, "host", "host", "wait", 44, 4, Map.of()),
                        new Span(4, "host", "host", "run", 48, 40, Map.of("replica", "r-0")));
    }

    @Test
    void nestsTheStepsOfPipelinesWithinPipelines() {
        QueryReport inner =
                new QueryReport("2", ms(60), 0, 0, null, List.of(new Step("b", "y", "call", 9, ms(5), PLAIN)), 0);
        QueryReport outer =
                new QueryReport("1", ms(90), 0, 0, null, List.of(new Step("a", "x", "call", 0, ms(1), inner)), 3);
        List<Span> spans = spans(ms(90), new Sent("router", 2, 0, outer.encode()));
        assertThat(spans)
                .extracting(Span::name)
                .containsExactly("query", "link", "router", "step a", "step b", "queue", "batch", "wait", "run");
        assertThat(spans).extracting(Span::parent).containsExactly(-1, 0, 1, 2, 3, 4, 4, 6, 6);
        assertThat(spans.get(2).attributes()).isEqualTo(Map.of("stepsLeftOut", 3));
        assertThat(spans.get(4))
                .isEqualTo(new Span(
                        3,
                        "router",
                        "router",
                        "step b",
                        6,
                        80,
                        Map.of("step", "b", "actor", "y", "method", "call", "version", "1", "code", "EXPIRED")));
        assertThat(spans.get(5).startMs()).isEqualTo(6);
    }

    @Test
    void saysWhatIsKnownWhereRoutersAndHostsSaidNothing() {
        assertThat(spans(ms(3), null)).extracting(Span::name).containsExactly("query");
        assertThat(spans(ms(3), new Sent("router", 1, 0, null)))
                .extracting(Span::name)
                .containsExactly("query", "link");
        assertThat(spans(ms(3), new Sent("router", 1, 0, new byte[] {1, 2, 3})))
                .extracting(Span::name)
                .containsExactly("query", "link");
        QueryReport queued = new QueryReport("1", ms(3), ms(3), 0, null);
        assertThat(spans(ms(3), new Sent("router", 1, 0, queued.encode())))
                .extracting(Span::name)
                .containsExactly("query", "link", "router", "queue");
        QueryReport unheard = new QueryReport("1", ms(3), ms(1), 1, new Batched(1, 0, "r", "h", ms(2), null));
        assertThat(spans(ms(3), new Sent("router", 1, 0, unheard.encode())))
                .extracting(Span::name)
                .containsExactly("query", "link", "router", "queue", "batch");
    }

    private static List<Span> spans(long totalNanos, @Nullable Sent sent) {
        return Waterfall.of(Ended.query("q", "vadder", totalNanos, 0, sent), "here");
    }

    private static long ms(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }
}
