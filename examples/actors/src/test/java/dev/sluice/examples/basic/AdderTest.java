package dev.sluice.examples.basic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AdderTest {

    private final Adder adder = new Adder(2);

    @Test
    void keepsWholeNumbersWhole() {
        assertThat(adder.call(42)).hasToString("44");
        assertThat(adder.call(Long.MAX_VALUE)).hasToString("9223372036854775809");
    }

    @Test
    void addsToFractions() {
        assertThat(adder.call(1.5)).isEqualTo(3.5);
    }
}
