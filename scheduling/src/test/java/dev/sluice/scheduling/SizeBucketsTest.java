package dev.sluice.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SizeBucketsTest {

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "3, 3", "4, 4", "5, 6", "6, 6", "7, 8", "9, 12", "13, 16", "33, 48", "49, 64"})
    void aBucketEndsOnTheHalfOctaveGrid(int size, int upper) {
        assertThat(SizeBuckets.upper(SizeBuckets.of(size))).isEqualTo(upper);
    }

    @Test
    void everySizeIsInTheFirstBucketThatHoldsIt() {
        for (int size = 1; size < 100_000; size++) {
            int bucket = SizeBuckets.of(size);
            assertThat(SizeBuckets.upper(bucket) >= size).isTrue();
            assertThat(bucket == 0 || SizeBuckets.upper(bucket - 1) < size).isTrue();
        }
        assertThat(SizeBuckets.of(Integer.MAX_VALUE)).isLessThan(SizeBuckets.COUNT);
    }

    @Test
    void refusesAnEmptyBatch() {
        assertThatIllegalArgumentException().isThrownBy(() -> SizeBuckets.of(0));
    }
}
