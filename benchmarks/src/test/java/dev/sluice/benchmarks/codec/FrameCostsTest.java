package dev.sluice.benchmarks.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.benchmarks.report.Bar;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FrameCostsTest {

    @Test
    void allowsDecodingItsHolderAndNothingMore() {
        assertThat(costs(0, 112, 2).bars()).allMatch(Bar::holds);
        assertThat(costs(0, 128, 2).bars()).extracting(Bar::holds).containsExactly(true, false, true);
    }

    @Test
    void allowsEncodingAndQueueingNothing() {
        assertThat(costs(16, 112, 16).bars()).extracting(Bar::holds).containsExactly(false, true, false);
    }

    @Test
    void doesNotTakeAMissingNumberForZero() {
        assertThat(costs(Double.NaN, 112, 2).bars()).extracting(Bar::holds).containsExactly(false, true, true);
        assertThat(new FrameCosts(FrameKind.QUERY, Map.of()).bars()).noneMatch(Bar::holds);
    }

    @Test
    void allowsQueueingWhatTheBuffersNeed() {
        assertThat(costs(0, 112, 3).bars()).allMatch(Bar::holds);
    }

    private static FrameCosts costs(double encode, double decode, double queue) {
        return new FrameCosts(
                FrameKind.QUERY,
                Map.of(
                        Operation.ENCODE, new Cost(10, encode),
                        Operation.DECODE, new Cost(10, decode),
                        Operation.HOLD, new Cost(10, 112),
                        Operation.WRITE, new Cost(10, 2.5),
                        Operation.QUEUE, new Cost(10, queue)));
    }
}
