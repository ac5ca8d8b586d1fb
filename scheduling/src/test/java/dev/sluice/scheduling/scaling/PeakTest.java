package dev.sluice.scheduling.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeakTest {

    private static final long SECOND = 1_000_000_000;

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 0, Long.MAX_VALUE - 10 * SECOND, Long.MAX_VALUE})
    void forgetsWhatIsOlder(long start) {
        Peak peak = new Peak(32 * SECOND);
        peak.add(9, start);
        for (int i = 1; i < 32; i++) {
            peak.add(2, start + i * SECOND);
            assertThat(peak.most()).isEqualTo(Double.POSITIVE_INFINITY);
        }
        peak.add(3, start + 32 * SECOND);
        assertThat(peak.most()).isEqualTo(9);

        peak.add(1, start + 33 * SECOND);
        assertThat(peak.most()).isEqualTo(3);
    }

    @Test
    void forgetsAllThatIsOlderThanALongSilence() {
        Peak peak = new Peak(32 * SECOND);
        peak.add(9, 0);
        peak.add(1, Long.MAX_VALUE);

        assertThat(peak.most()).isEqualTo(1);
    }

    @Test
    void isNotConfusedByAClockThatGoesBack() {
        Peak peak = new Peak(32 * SECOND);
        peak.add(1, 0);
        peak.add(9, 40 * SECOND);
        peak.add(2, 0);

        assertThat(peak.most()).isEqualTo(9);
    }

    @Test
    void looksBackNoTimeAtAllWhereItIsToldTo() {
        Peak peak = new Peak(0);
        peak.add(9, 0);
        peak.add(2, SECOND);

        assertThat(peak.most()).isEqualTo(2);
    }
}
