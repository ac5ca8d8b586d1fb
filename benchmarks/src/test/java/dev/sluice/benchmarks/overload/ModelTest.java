package dev.sluice.benchmarks.overload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ModelTest {

    @Test
    void canDoTwoOfTheLargestBatchesAtATime() {
        assertThat(Model.DEMO.capacity(200)).isCloseTo(2 * 28 / 0.132, within(0.01));
    }

    @Test
    void fitsTheBatchIntoTheSlo() {
        assertThat(Model.DEMO.capacity(60)).as("10 in 60 ms").isCloseTo(2 * 10 / 0.060, within(0.01));
        assertThatThrownBy(() -> Model.DEMO.capacity(23)).hasMessageContaining("no batch");
    }

    @Test
    void boundsGoodputByWhatWasOffered() {
        List<SloClass> one = List.of(new SloClass(200, 1));
        assertThat(Model.DEMO.upperBound(one, 100)).isCloseTo(100, within(1e-9));
        assertThat(Model.DEMO.upperBound(one, 4_000)).isCloseTo(Model.DEMO.capacity(200), within(1e-9));
    }

    @Test
    void servesTheCheaperClassFirst() {
        // 60 ms allow batches of 10, of 6 ms a query; 200 ms those of 28, of 4.71 ms.
        List<SloClass> two = List.of(new SloClass(60, 0.5), new SloClass(200, 0.5));
        double cheap = 300;
        double left = 2_000 - cheap * (4 + 20.0 / 28);
        assertThat(Model.DEMO.upperBound(two, 600)).isCloseTo(cheap + left / 6, within(1e-6));
    }
}
