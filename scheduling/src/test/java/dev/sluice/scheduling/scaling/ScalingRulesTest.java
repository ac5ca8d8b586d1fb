package dev.sluice.scheduling.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScalingRulesTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    @ParameterizedTest
    @CsvSource({"-1, 3", "0, 0", "4, 3"})
    void boundsLeaveSomethingToChoose(int min, int max) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ScalingRules(min, max, 0.7, MINUTE, MINUTE))
                .withMessageContaining("Between " + min + " and " + max);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.1, 1.01, Double.NaN, Double.POSITIVE_INFINITY})
    void utilisationIsAPartOfOne(double utilisation) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ScalingRules(0, 3, utilisation, MINUTE, MINUTE))
                .withMessageContaining("utilisation");
    }

    @Test
    void timesAreNotNegative() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ScalingRules(0, 3, 0.7, MINUTE.negated(), MINUTE));
        assertThatIllegalArgumentException().isThrownBy(() -> new ScalingRules(0, 3, 0.7, MINUTE, MINUTE.negated()));
        assertThat(new ScalingRules(0, 3, 1, Duration.ZERO, Duration.ZERO).clamp(9))
                .isEqualTo(3);
    }
}
