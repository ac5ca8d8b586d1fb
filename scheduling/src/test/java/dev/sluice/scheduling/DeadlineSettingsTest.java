package dev.sluice.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeadlineSettingsTest {

    @Test
    void deferralAndHedgingAreOffByDefault() {
        DeadlineSettings settings = DeadlineSettings.DEFAULT;

        assertThat(settings.deferral()).isFalse();
        assertThat(settings.hedging()).isFalse();
        assertThat(settings.hedgeShare()).isEqualTo(0.02);
        assertThat(settings.batchRule()).isEqualTo(BatchRule.CLIMB);
        assertThat(settings.priorityWeight()).isEqualTo(4);
    }

    @Test
    void oneCanBeChangedAtATime() {
        DeadlineSettings settings = DeadlineSettings.DEFAULT
                .withDeferral(true)
                .withHedging(true)
                .withTenantWeights(Map.of("large", 2.0))
                .withBatchRule(BatchRule.TARGET_WINDOW);

        assertThat(settings)
                .isEqualTo(new DeadlineSettings(
                        BatchRule.TARGET_WINDOW, true, true, 0.02, Map.of("large", 2.0), 4, 1_000));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void aWeightIsAPositiveNumber(double weight) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DeadlineSettings.DEFAULT.withTenantWeights(Map.of("acme", weight)))
                .withMessageContaining("acme");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
    void aHedgeShareIsAPart(double share) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DeadlineSettings(BatchRule.CLIMB, false, true, share, Map.of(), 4, 1))
                .withMessageContaining("between 0 and 1");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, Double.NaN, 1e6})
    void aLevelOfPriorityWeighsNoLessThanTheNext(double weight) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DeadlineSettings(BatchRule.CLIMB, false, false, 0, Map.of(), weight, 1))
                .withMessageContaining("priority");
    }

    @Test
    void atLeastOneTenantHasAShare() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DeadlineSettings(BatchRule.CLIMB, false, false, 0, Map.of(), 4, 0))
                .withMessageContaining("at least 1");
    }
}
