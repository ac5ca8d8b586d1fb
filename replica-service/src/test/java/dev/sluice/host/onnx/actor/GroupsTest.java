package dev.sluice.host.onnx.actor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.tensor.DataType;
import dev.sluice.common.tensor.InferRequest;
import dev.sluice.common.tensor.Tensor;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GroupsTest {

    private static final int MILLION = 1_000_000;

    /** Queries of one row each, of so many elements. */
    private static List<Integer> cut(Division division, int... elements) {
        List<ModelQuery> queries = IntStream.range(0, elements.length)
                .mapToObj(i -> {
                    Tensor x = new Tensor("x", DataType.FP32, new long[] {1, elements[i]}, Unpooled.EMPTY_BUFFER);
                    InferRequest request = new InferRequest(InferRequest.Form.RAW, "", List.of(x), List.of(), false);
                    return new ModelQuery(i, request, List.of(x), 1, false);
                })
                .toList();
        List<List<ModelQuery>> groups = new ArrayList<>();
        Groups.cut(queries, division, groups);
        return groups.stream().map(List::size).toList();
    }

    private static int[] times(int count, int elements) {
        int[] all = new int[count];
        Arrays.fill(all, elements);
        return all;
    }

    @Test
    void dividesABatchAmongThreads() {
        assertThat(cut(Division.whole(32, 2), times(9, 1))).containsExactly(5, 4);
    }

    @Test
    void stacksNoMoreThanAHostCanBear() {
        assertThat(cut(Division.whole(32, 1), times(32, MILLION))).containsExactly(8, 8, 8, 8);
    }

    @Test
    void countsWhatIsPaddedAsItIsThen() {
        int[] elements = times(16, 1_000);
        elements[3] = 4 * MILLION;
        assertThat(cut(Division.whole(32, 1), elements)).containsExactly(3, 2, 11);
    }

    @Test
    void takesAQueryThatIsTooLargeByItself() {
        assertThat(cut(Division.whole(32, 1), 1, 100 * MILLION, 1)).containsExactly(1, 1, 1);
    }
}
