package dev.sluice.router.batching;

import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.junit.jupiter.api.Test;

/** Tries the ways in which threads may meet at a batcher, in small scenarios and in a bounded number of them. */
class BatchingSeamTest {

    @Test
    void losesNothingHoweverThreadsInterleave() {
        new ModelCheckingOptions()
                .threads(3)
                .actorsPerThread(2)
                .actorsBefore(1)
                .actorsAfter(0)
                .iterations(5)
                .invocationsPerIteration(120)
                .minimizeFailedScenario(true)
                .check(BatchingSeam.class);
    }
}
