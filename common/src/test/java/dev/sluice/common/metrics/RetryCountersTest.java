package dev.sluice.common.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class RetryCountersTest {

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final RetryCounters counters = new RetryCounters(registry, Tags.of("actor", "a"));

    @Test
    void countsEachKindFromZero() {
        counters.retried(Retry.CHARGED);
        counters.retried(Retry.CHARGED);
        counters.retried(Retry.LOST_PEER);
        assertThat(count("charged")).isEqualTo(2);
        assertThat(count("lost_peer")).isEqualTo(1);
        assertThat(count("refused")).isZero();
    }

    private double count(String retry) {
        return registry.get("sluice.retries")
                .tags("actor", "a", "retry", retry)
                .counter()
                .count();
    }
}
