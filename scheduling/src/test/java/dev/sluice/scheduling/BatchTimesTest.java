package dev.sluice.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BatchTimesTest {

    private final BatchTimes times = new BatchTimes();

    @Test
    void knowsNothingBeforeItMeasured() {
        times.record("other", 1, 100);

        assertThat(times.predict("call", 1)).isEmpty();
    }

    @Test
    void predictsWhatWasMeasured() {
        times.record("call", 4, 100);

        assertThat(times.predict("call", 4)).hasValue(100);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "3, 4", "4, 4", "5, 8", "8, 8", "9, 16", "1000, 1024", "2147483647, 2147483647"})
    void sizesShareABucketUpToTheNextPowerOfTwo(int size, int last) {
        times.record("call", size, 100);

        assertThat(times.predict("call", last)).hasValue(100);
        if (last < Integer.MAX_VALUE) {
            assertThat(times.predict("call", last + 1)).isEmpty();
        }
    }

    @Test
    void predictsASmallerBatchFromALargerOneButNotTheOtherWayRound() {
        times.record("call", 16, 100);

        assertThat(times.predict("call", 1)).hasValue(100);
        assertThat(times.predict("call", 17)).isEmpty();
    }

    @Test
    void aLargerBatchIsNeverPredictedToBeQuicker() {
        times.record("call", 4, 500);
        times.record("call", 8, 300);

        assertThat(times.predict("call", 8)).hasValue(500);
    }

    @Test
    void answersWithTheUpperQuartile() {
        for (long duration : new long[] {40, 10, 30, 20}) {
            times.record("call", 1, duration);
        }
        assertThat(times.predict("call", 1)).hasValue(30);

        times.record("call", 1, 50);
        assertThat(times.predict("call", 1)).hasValue(40);
    }

    @Test
    void forgetsTheOldestMeasurement() {
        for (int i = 0; i < 100; i++) {
            times.record("call", 1, 1_000_000);
        }
        for (int i = 0; i < 32; i++) {
            times.record("call", 1, 10);
        }

        assertThat(times.predict("call", 1)).hasValue(10);
    }

    @Test
    void aTimeThatRanBackwardsCountsAsNothing() {
        times.record("call", 1, -5);

        assertThat(times.predict("call", 1)).hasValue(0);
    }

    @Test
    void refusesAnEmptyBatch() {
        assertThatIllegalArgumentException().isThrownBy(() -> times.record("call", 0, 1));
        times.record("call", 1, 1);
        assertThatIllegalArgumentException().isThrownBy(() -> times.predict("call", 0));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void neverDecreasesWithTheSizeUnderAnyHistory(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 1_000; i++) {
            times.record("call", 1 + random.nextInt(200), random.nextInt(1_000));
            long previous = 0;
            for (int size = 1; size <= 256; size++) {
                OptionalLong predicted = times.predict("call", size);
                if (predicted.isPresent()) {
                    assertThat(predicted.getAsLong()).isGreaterThanOrEqualTo(previous);
                    previous = predicted.getAsLong();
                }
            }
        }
    }
}
