package dev.sluice.benchmarks.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.benchmarks.fleet.Flow.End;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FlowTest {

    private static final long ZERO = Long.MAX_VALUE - 500;
    private static final String ANSWER = "{\"success\": true, \"actor\": \"model\", \"result\": 3}";

    private final Flow flow = new Flow(new Timebase(ZERO, Instant.EPOCH));

    @Test
    void tellsWhatBecameOfEachQuery() {
        reply(0, 5, 200, ANSWER);
        reply(1, 5, 200, "{\"success\": true, \"actor\": \"model\", \"result\": \"x\"}");
        reply(2, 5, 503, "");
        reply(3, 5, 429, "");
        reply(4, 5, 504, "");
        reply(5, 5, 500, "broken");
        flow.lost(0, ZERO + TimeUnit.SECONDS.toNanos(6), "closed by the server");

        assertThat(flow.queries()).isEqualTo(7);
        assertThat(flow.unanswered()).isEqualTo(6);
        assertThat(flow.count(End.ANSWERED)).isEqualTo(1);
        assertThat(flow.count(End.REFUSED)).isEqualTo(2);
        assertThat(flow.count(End.EXPIRED)).isEqualTo(1);
        assertThat(flow.count(End.FAILED)).isEqualTo(2);
        assertThat(flow.count(End.LOST)).isEqualTo(1);
        assertThat(flow.firstWords()).hasSize(4).contains("LOST at 6.0 s: closed by the server");
    }

    @Test
    void countsAQueryAtTheMomentWhenItWasMeantToLeave() {
        reply(1, 2_500, 500, "");
        reply(3, 1, 500, "");
        reply(4, 1, 200, ANSWER);

        assertThat(flow.unanswered(1, 3)).isEqualTo(1);
        assertThat(flow.unanswered(3, 5)).isEqualTo(1);
        assertThat(flow.queries(3, 5)).isEqualTo(2);
        assertThat(flow.queries(0, 1)).isZero();
    }

    @Test
    void latencyCountsFromThereAndOnlyOfAnswers() {
        reply(0, 100, 200, ANSWER);
        reply(0, 9_000, 500, "");

        assertThat(flow.millis(99)).isBetween(99.9, 100.2);
    }

    private void reply(long atSeconds, long afterMillis, int status, String body) {
        long intended = ZERO + TimeUnit.SECONDS.toNanos(atSeconds);
        byte[] bytes = ("head" + body).getBytes(StandardCharsets.UTF_8);
        flow.replied(
                0, intended, intended + TimeUnit.MILLISECONDS.toNanos(afterMillis), status, bytes, 4, bytes.length - 4);
    }
}
