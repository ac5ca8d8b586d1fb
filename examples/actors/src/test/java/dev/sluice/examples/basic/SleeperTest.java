package dev.sluice.examples.basic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.NullNode;

class SleeperTest {

    @Test
    void answersTheBatchSizeToEach() throws InterruptedException {
        assertThat(new Sleeper(Duration.ZERO).call(Collections.nCopies(10, NullNode.getInstance())))
                .containsOnly(10)
                .hasSize(10);
    }

    @Test
    void stopsSleepingWhenItsBatchIsGivenUp() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> new Sleeper(Duration.ofDays(1)).call(Collections.nCopies(1, NullNode.getInstance())))
                .isInstanceOf(InterruptedException.class);
    }
}
