package dev.sluice.common.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.ErrorCode.Outcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class QueryCountersTest {

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final QueryCounters counters =
            new QueryCounters(registry, Tags.of("actor", "a"), "Queries", ErrorCode::outcome);

    @Test
    void countsByOutcomeAndByItsReason() {
        counters.ended(null);
        counters.ended(ErrorCode.OVERLOADED);
        counters.ended(ErrorCode.UNMEETABLE);
        counters.ended(ErrorCode.UNMEETABLE);
        assertThat(count("answered", "ok")).isEqualTo(1);
        assertThat(count("shed", "overloaded")).isEqualTo(1);
        assertThat(count("shed", "unmeetable")).isEqualTo(2);
    }

    @Test
    void hasAllKindsFromTheStart() {
        assertThat(registry.get("sluice.queries").counters())
                .hasSize(ErrorCode.values().length + 1)
                .allMatch(counter -> counter.count() == 0);
        assertThat(count("expired", "expired")).isZero();
    }

    @Test
    void putsACodeIntoTheColumnThatItIsTold() {
        MeterRegistry other = new SimpleMeterRegistry();
        new QueryCounters(other, Tags.empty(), "Queries", code -> Outcome.FAILED).ended(ErrorCode.NOT_FOUND);
        assertThat(other.get("sluice.queries")
                        .tags("outcome", "failed", "code", "not_found")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    private double count(String outcome, String code) {
        Counter counter = registry.get("sluice.queries")
                .tags("actor", "a", "outcome", outcome, "code", code)
                .counter();
        return counter.count();
    }
}
