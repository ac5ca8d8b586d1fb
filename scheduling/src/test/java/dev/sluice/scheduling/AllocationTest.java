package dev.sluice.scheduling;

import static dev.sluice.scheduling.TestQuery.METHOD;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Counts this thread's bytes, which is exact and the same on a slow machine. */
class AllocationTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int QUERIES = 10_000;
    private static final int BATCH = 64;

    private final List<TestQuery> queries = new ArrayList<>();

    @BeforeEach
    void makeTheQueriesBeforehand() {
        for (int i = 0; i < QUERIES; i++) {
            queries.add(TestQuery.due(i, 1_000_000 + (i * 7919L) % QUERIES, 0));
        }
    }

    @Test
    void growingAHeapAllocatesInProportionToItsSize() {
        DeadlineHeap heap = new DeadlineHeap();

        long before = THREADS.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < QUERIES; i++) {
            heap.add(queries.get(i));
        }
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;

        assertThat(allocated).isLessThan(8L * 4 * QUERIES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fifo", "deadline"})
    void queueingAndRemovingAllocateNothing(String kind) {
        Scheduler scheduler = scheduler(kind);
        queueAndRemove(scheduler);

        long before = THREADS.getCurrentThreadAllocatedBytes();
        queueAndRemove(scheduler);
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;

        assertThat(allocated).as("bytes for %d queries", QUERIES).isLessThan(QUERIES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fifo", "deadline"})
    void aDispatchedBatchAllocatesItselfAndItsDecision(String kind) {
        Scheduler scheduler = scheduler(kind);
        queueAndDispatch(scheduler);

        long before = THREADS.getCurrentThreadAllocatedBytes();
        queueAndDispatch(scheduler);
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;

        // A reference per query, at most 8 bytes, and three object headers with their fields per batch.
        long batches = QUERIES / BATCH + 1;
        assertThat(allocated).isLessThan(8L * QUERIES + 128 * batches + QUERIES);
    }

    @Test
    void decidingWithAKnownProfileAllocatesTheBatchesOnly() {
        Rig.Cost cost = Rig.linear(1, 4);
        Rig rig = new Rig(4, BATCH, cost).warm(BATCH);
        rig.askEvery(0.25, QUERIES, 200);
        rig.advance(500);
        Fleet fleet = rig.fleet;
        DeadlineScheduler scheduler = rig.scheduler;
        long now = Rig.nanos(rig.now() + 1_000);
        List<Queued> asks = new ArrayList<>();
        for (int i = 0; i < QUERIES; i++) {
            asks.add(new TestQuery(i, METHOD, now + i * 250_000L + 200_000_000, now + i * 250_000L, 1));
        }
        drain(fleet, scheduler, now);

        long before = THREADS.getCurrentThreadAllocatedBytes();
        int batches = 0;
        for (int i = 0; i < QUERIES; i++) {
            scheduler.offer(asks.get(i), now + i * 250_000L);
            if (i % 20 == 0) {
                batches += drain(fleet, scheduler, now + i * 250_000L);
            }
        }
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;

        assertThat(batches).isBetween(100, 1_000);
        assertThat(allocated).isLessThan(8L * QUERIES + 200L * batches + 4 * QUERIES);
    }

    /** Sends what can be sent; every batch has ended by the next time. */
    private static int drain(Fleet fleet, DeadlineScheduler scheduler, long now) {
        int batches = 0;
        while (scheduler.poll(now, fleet.freeCount()) instanceof Decision.Dispatch dispatch) {
            TrackedReplica replica = dispatch.batch().replica();
            if (replica != null) {
                int size = dispatch.batch().size();
                fleet.sent(replica, METHOD, size, now - (size + 4) * 1_000_000L);
                fleet.ended(replica, METHOD, size, now);
            }
            batches++;
        }
        return batches;
    }

    private void queueAndRemove(Scheduler scheduler) {
        for (int i = 0; i < QUERIES; i++) {
            scheduler.offer(queries.get(i), 0);
            scheduler.poll(0, 0);
        }
        for (int i = 0; i < QUERIES; i++) {
            scheduler.remove(queries.get(i));
        }
    }

    private void queueAndDispatch(Scheduler scheduler) {
        for (int i = 0; i < QUERIES; i++) {
            scheduler.offer(queries.get(i), 0);
        }
        while (scheduler.poll(0, 1) instanceof Decision.Dispatch) {
            // The batch is dropped.
        }
    }

    private static Scheduler scheduler(String kind) {
        List<MethodPlan> methods = List.of(new MethodPlan(METHOD, BATCH, 0), new MethodPlan("other", 1, 0));
        return kind.equals("fifo")
                ? new FifoScheduler(methods, SchedulerContract.AMPLE)
                : new DeadlineScheduler(methods, SchedulerContract.AMPLE);
    }
}
