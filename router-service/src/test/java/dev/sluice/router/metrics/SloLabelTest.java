package dev.sluice.router.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SloLabelTest {

    @ParameterizedTest
    @CsvSource({"200, 201ms", "135, 201ms", "202, 268ms", "1000, 1073ms", "30000, 34359ms"})
    void saysBelowWhichSloAClassLies(long millis, String label) {
        assertThat(SloLabel.of(Duration.ofMillis(millis).toNanos())).isEqualTo(label);
    }

    @Test
    void hasFewOfThem() {
        Set<String> labels = new HashSet<>();
        for (long nanos = 1; nanos < Duration.ofDays(1).toNanos(); nanos += 1 + nanos / 1_000) {
            labels.add(SloLabel.of(nanos));
        }
        assertThat(labels).hasSizeLessThan(100);
    }
}
