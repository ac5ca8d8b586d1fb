package dev.sluice.scheduling;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class PlansTest {

    @Test
    void aBatchHoldsAtLeastOneQuery() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MethodPlan("call", 0, 0))
                .withMessageContaining("'call' is 0");
    }

    @Test
    void nobodyWaitsANegativeTime() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MethodPlan("call", 1, -1))
                .withMessageContaining("must not be negative");
    }

    @Test
    void aQueueHasRoomForSomething() {
        assertThatIllegalArgumentException().isThrownBy(() -> new QueueLimits(0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new QueueLimits(1, 0));
    }

    @Test
    void aQueryRetainsNoNegativeMemory() {
        assertThatIllegalArgumentException().isThrownBy(() -> new TestQuery(1, "call", 0, 0, -1));
    }

    @Test
    void aBatchEndsWhereItEnds() {
        Batch batch = new Batch("call", new Queued[] {TestQuery.due(1, 1, 0)});

        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> batch.get(1));
    }
}
