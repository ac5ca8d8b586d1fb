package dev.sluice.examples.basic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.NullNode;

class CounterTest {

    private final Counter counter = new Counter();

    @Test
    void countsItsQueriesInOrder() {
        assertThat(IntStream.range(0, 10).mapToLong(i -> counter.call(NullNode.getInstance())))
                .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
    }

    @Test
    void answersAOneToEachOfABatchAndDoesNotCountIt() {
        assertThat(counter.count(Collections.nCopies(10, NullNode.getInstance())))
                .containsOnly(1)
                .hasSize(10);
        assertThat(counter.call(NullNode.getInstance())).isEqualTo(1);
    }
}
