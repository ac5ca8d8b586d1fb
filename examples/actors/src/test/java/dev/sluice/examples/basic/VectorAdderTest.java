package dev.sluice.examples.basic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class VectorAdderTest {

    @Test
    void addsItsIncrementToEachInput() {
        assertThat(new VectorAdder(3).call(new long[] {0, 1, 2, 42, -3})).containsExactly(3, 4, 5, 45, 0);
    }

    @Test
    void failsRatherThanWrapAround() {
        assertThatThrownBy(() -> new VectorAdder(1).call(new long[] {Long.MAX_VALUE}))
                .isInstanceOf(ArithmeticException.class);
    }
}
