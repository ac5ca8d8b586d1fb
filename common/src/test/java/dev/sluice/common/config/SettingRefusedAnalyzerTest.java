package dev.sluice.common.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.io.support.SpringFactoriesLoader;

class SettingRefusedAnalyzerTest {

    @Test
    void showsTwoSentencesHoweverDeepTheRefusalIs() {
        Throwable failure =
                new IllegalStateException("context", new RuntimeException(new SettingRefused("It is so.", "Do this.")));
        FailureAnalysis analysis = new SettingRefusedAnalyzer().analyze(failure);
        assertThat(analysis).isNotNull();
        assertThat(analysis.getDescription()).isEqualTo("It is so.");
        assertThat(analysis.getAction()).isEqualTo("Do this.");
    }

    @Test
    void isKnownToSpringBoot() {
        assertThat(SpringFactoriesLoader.forDefaultResourceLocation()
                        .load(FailureAnalyzer.class, (type, name, e) -> {}))
                .hasAtLeastOneElementOfType(SettingRefusedAnalyzer.class);
    }
}
