package dev.sluice.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BarTest {

    @Test
    void holdsAtItsEdge() {
        assertThat(Bar.atLeast("ratio", 0.6, 0.6).holds()).isTrue();
        assertThat(Bar.atMost("latency", 4, 4).holds()).isTrue();
    }

    @Test
    void doesNotHoldBeyondIt() {
        assertThat(Bar.atLeast("ratio", 0.59, 0.6).holds()).isFalse();
        assertThat(Bar.atMost("latency", 4.01, 4).holds()).isFalse();
    }

    @Test
    void neverHoldsForWhatIsNoNumber() {
        assertThat(Bar.atLeast("ratio", Double.NaN, 0.6).holds()).isFalse();
        assertThat(Bar.atMost("latency", Double.NaN, 4).holds()).isFalse();
    }

    @Test
    void saysWhatIsAskedForAsPeopleWriteIt() {
        assertThat(Bar.atLeast("ratio", 0.71, 0.6).bar()).isEqualTo(">= 0.6");
        assertThat(Bar.atMost("latency", 3, 4).bar()).isEqualTo("<= 4");
    }
}
