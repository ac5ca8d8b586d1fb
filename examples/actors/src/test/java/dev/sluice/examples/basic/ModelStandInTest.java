package dev.sluice.examples.basic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

class ModelStandInTest {

    private static final Duration ALPHA = Duration.ofMillis(4);
    private static final Duration BETA = Duration.ofMillis(20);

    private long now = Long.MAX_VALUE - 1_000_000;

    @Test
    void takesAlphaForEachQueryAndBetaForEachBatch() throws InterruptedException {
        long start = now;
        ModelStandIn model = ModelStandIn.timedBy(new PreciseSleep(() -> now, nanos -> now += nanos), ALPHA, BETA);

        assertThat(model.call(batch(28))).containsOnly(28).hasSize(28);

        assertThat(Duration.ofNanos(now - start)).isEqualTo(Duration.ofMillis(28 * 4 + 20));
    }

    @Test
    void waitsOnWhereItIsWokenForNothing() throws InterruptedException {
        long start = now;
        PreciseSleep fitful = new PreciseSleep(() -> now, nanos -> now += Math.min(nanos, 7_000_000));

        ModelStandIn.timedBy(fitful, ALPHA, BETA).call(batch(1));

        assertThat(Duration.ofNanos(now - start)).isEqualTo(Duration.ofMillis(24));
    }

    @Test
    void endsAtOnceWhenItsBatchIsGivenUp() {
        PreciseSleep endless = new PreciseSleep(() -> now, nanos -> {});
        ModelStandIn model = ModelStandIn.timedBy(endless, ALPHA, BETA);
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> model.call(batch(1))).isInstanceOf(InterruptedException.class);
    }

    @Test
    void refusesNegativeTimes() {
        assertThatThrownBy(() -> new ModelStandIn(Duration.ofMillis(-1), BETA))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("alpha and beta");
    }

    private static List<JsonNode> batch(int size) {
        return Collections.nCopies(size, NullNode.getInstance());
    }
}
