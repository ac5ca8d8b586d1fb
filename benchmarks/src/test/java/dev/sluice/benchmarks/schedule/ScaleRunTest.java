package dev.sluice.benchmarks.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ScaleRunTest {

    @Test
    void countsWhatAllActorsDoTogether() {
        ScaleRun.Row row = new ScaleRun(1e6).run("three", 3, 8, 100e6, 1.2, 200e6);

        assertThat(row.what()).isEqualTo("three");
        assertThat(row.actors()).isEqualTo(3);
        assertThat(row.replicas()).isEqualTo(24);
        assertThat(row.offeredPerSecond()).as("1.2 times 6,959 each").isCloseTo(3 * 8_351, within(1_500.0));
        assertThat(row.meanQueue()).isBetween(1.0, 1_000.0);
        assertThat(row.decisionsPerSecond()).isPositive();
    }

    @Test
    void growsActorsReplicasAndQueues() {
        assertThat(new ScaleRun(1e6).all())
                .extracting(ScaleRun.Row::replicas)
                .containsExactly(8, 64, 256, 64, 1_000, 8, 8, 1_000);
    }
}
