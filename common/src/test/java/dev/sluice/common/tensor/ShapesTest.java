package dev.sluice.common.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShapesTest {

    @Test
    void countsElements() {
        assertThat(Shapes.elements(new long[] {})).isEqualTo(1);
        assertThat(Shapes.elements(new long[] {2, 3})).isEqualTo(6);
        assertThat(Shapes.elements(new long[] {2, 0, 3})).isZero();
        assertThat(Shapes.elements(new long[] {2, -1})).isZero();
    }

    @Test
    void countsNoFurtherThanAnIntCan() {
        assertThat(Shapes.elements(new long[] {Long.MAX_VALUE, Long.MAX_VALUE})).isEqualTo(Long.MAX_VALUE);
        assertThat(Shapes.elements(new long[] {65_536, 65_536})).isEqualTo(Long.MAX_VALUE);
        assertThat(Shapes.elements(new long[] {65_536, 65_536, 0})).isZero();
        assertThat(Shapes.elements(new long[] {Integer.MAX_VALUE})).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void fitsWhatLeavesSizesOpen() {
        assertThat(Shapes.fits(new long[] {5, 3}, new long[] {-1, 3})).isTrue();
        assertThat(Shapes.fits(new long[] {5, 4}, new long[] {-1, 3})).isFalse();
        assertThat(Shapes.fits(new long[] {3}, new long[] {-1, 3})).isFalse();
    }
}
