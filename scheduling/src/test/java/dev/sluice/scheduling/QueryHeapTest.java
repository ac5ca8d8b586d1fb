package dev.sluice.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryHeapTest {

    private static final int MANY = 100_000;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void yieldsItsQueriesInOrderAfterAnyMixOfAddsAndRemovals(long seed) {
        Random random = new Random(seed);
        DeadlineHeap heap = new DeadlineHeap();
        List<TestQuery> inside = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            if (inside.isEmpty() || random.nextInt(3) > 0) {
                TestQuery query = numbered(i, random.nextInt(100));
                heap.add(query);
                inside.add(query);
            } else {
                heap.remove(inside.remove(random.nextInt(inside.size())));
            }
        }
        inside.sort(Comparator.comparingLong(TestQuery::deadlineNanos).thenComparingInt(TestQuery::id));

        assertThat(drain(heap)).containsExactlyElementsOf(inside);
    }

    @Test
    void marksWhatItHoldsAndUnmarksWhatLeaves() {
        ArrivalHeap heap = new ArrivalHeap();
        TestQuery query = numbered(1, 0);
        assertThat(query.arrivalSlot).isNegative();
        heap.add(query);
        assertThat(query.arrivalSlot).isZero();
        heap.remove(query);
        assertThat(query.arrivalSlot).isNegative();
        assertThat(heap.peek()).isNull();
    }

    @Test
    void removingAHundredThousandInRandomOrderTakesLogarithmicallyManyComparisonsEach() {
        CountingHeap heap = new CountingHeap();
        List<TestQuery> queries = new ArrayList<>();
        Random random = new Random(11);
        for (int i = 0; i < MANY; i++) {
            TestQuery query = numbered(i, random.nextInt());
            queries.add(query);
            heap.add(query);
        }
        Collections.shuffle(queries, random);
        heap.comparisons = 0;

        queries.forEach(heap::remove);

        assertThat(heap.size()).isZero();
        assertThat(heap.comparisons).isLessThan(3L * 17 * MANY);
    }

    private static TestQuery numbered(int id, long deadlineNanos) {
        TestQuery query = TestQuery.due(id, deadlineNanos, 0);
        query.sequence = id;
        return query;
    }

    private static List<Queued> drain(QueryHeap heap) {
        List<Queued> drained = new ArrayList<>();
        for (Queued head = heap.peek(); head != null; head = heap.peek()) {
            heap.remove(head);
            drained.add(head);
        }
        return drained;
    }

    private static final class CountingHeap extends QueryHeap {
        private long comparisons;

        @Override
        boolean before(Queued one, Queued other) {
            comparisons++;
            return DeadlineHeap.moreUrgent(one, other);
        }

        @Override
        int slot(Queued query) {
            return query.deadlineSlot;
        }

        @Override
        void slot(Queued query, int slot) {
            query.deadlineSlot = slot;
        }
    }
}
