package dev.sluice.common.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestNameTest {

    private static final List<String> NAMES = List.of("max-batch-size", "max-wait", "slo");

    @Test
    void guessesWhatWasMeant() {
        assertThat(NearestName.of("maxBatchSize", NAMES)).contains("max-batch-size");
        assertThat(NearestName.of("slow", NAMES)).contains("slo");
        assertThat(NearestName.of("max-wait", NAMES)).contains("max-wait");
    }

    @Test
    void guessesNothingWhereNothingIsNear() {
        assertThat(NearestName.of("colour", NAMES)).isEmpty();
        assertThat(NearestName.of("", NAMES)).isEmpty();
        assertThat(NearestName.of("x".repeat(100_000), NAMES)).isEmpty();
    }
}
