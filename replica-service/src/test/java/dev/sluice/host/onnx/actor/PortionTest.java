package dev.sluice.host.onnx.actor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PortionTest {

    private static final int ELEMENTS = 2_048;

    private final List<Integer> asked = new ArrayList<>();

    private Portion of(int mostRows, double... millisEach) {
        return ofTried(mostRows, mostRows, millisEach);
    }

    private Portion ofTried(int mostRows, int triedRows, double... millisEach) {
        asked.clear();
        return Portion.cheapest(mostRows, triedRows, ELEMENTS, rows -> {
            asked.add(rows);
            return (long) (millisEach[asked.size() - 1] * rows * TimeUnit.MILLISECONDS.toNanos(1));
        });
    }

    @Test
    void isTheLargestOfThoseThatCostLeast() {
        assertThat(of(32, 9, 8, 8.1, 8.4, 9, 9.9)).isEqualTo(new Portion(4, 4 * ELEMENTS));
    }

    @Test
    void triesNoMoreOnceTheyAreOfNoUse() {
        assertThat(of(32, 8, 9, 10.5)).isEqualTo(new Portion(1, ELEMENTS));
        assertThat(asked).containsExactly(1, 2, 4);
    }

    @Test
    void triesNoMoreOnceItTookLongEnough() {
        assertThat(of(32, 600, 500)).isEqualTo(new Portion(2, 2 * ELEMENTS));
        assertThat(asked).containsExactly(1, 2);
    }

    @Test
    void isAllWhereMoreCostLess() {
        assertThat(of(50, 8, 7, 6, 5, 4, 3)).isEqualTo(Portion.unmeasured(50));
    }

    @Test
    void isAllWhereNothingCouldBeRun() {
        assertThat(of(32, -1)).isEqualTo(Portion.unmeasured(32));
    }

    @Test
    void isOfThoseThatCouldBeRun() {
        assertThat(of(32, 8, 7, -1)).isEqualTo(new Portion(2, 2 * ELEMENTS));
        assertThat(asked).containsExactly(1, 2, 4);
    }

    @Test
    void boundsElementsWhereRowsMayBeLargerThanThoseItIsTriedWith() {
        assertThat(ofTried(4, 64, 8, 8, 8, 8, 8, 9, 10.5)).isEqualTo(new Portion(4, 16 * ELEMENTS));
        assertThat(ofTried(4, 16, 8, 8, 8, 8, 8)).as("as far as that was tried").isEqualTo(Portion.unmeasured(4));
    }

    @Test
    void isAllWhereARowTakesNoTime() {
        assertThat(of(32, 0.1)).isEqualTo(Portion.unmeasured(32));
        assertThat(asked).containsExactly(1);
    }
}
