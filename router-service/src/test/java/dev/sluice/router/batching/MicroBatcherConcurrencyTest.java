package dev.sluice.router.batching;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.scheduling.Batch;
import dev.sluice.scheduling.FifoScheduler;
import dev.sluice.scheduling.MethodPlan;
import dev.sluice.scheduling.QueueLimits;
import dev.sluice.scheduling.Reason;
import io.netty.util.concurrent.DefaultEventExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;

/** Several threads let queries arrive and cancel them while batches leave and come back: each query leaves exactly once. */
class MicroBatcherConcurrencyTest {

    private static final int THREADS = 4;
    private static final int QUERIES = 20_000;

    private final DefaultEventExecutor loop = new DefaultEventExecutor();
    private final Arrivals<TestQuery> arrivals = new Arrivals<>();
    private final Map<TestQuery, List<String>> exits = new ConcurrentHashMap<>();
    private final CountDownLatch left = new CountDownLatch(THREADS * QUERIES);

    @AfterEach
    void stop() {
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    @Test
    void letsEachQueryLeaveExactlyOnce() throws Exception {
        FifoScheduler scheduler =
                new FifoScheduler(List.of(new MethodPlan("call", 16, 20_000)), new QueueLimits(500, Long.MAX_VALUE));
        MicroBatcher<TestQuery> batcher =
                new MicroBatcher<>(arrivals, TestQuery.class, scheduler, new EventLoopShard(loop), new Listener());
        Replicas replicas = new Replicas(batcher);
        batcher.subscribe(replicas);

        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            int seed = i;
            threads.add(new Thread(() -> arriveAndCancel(batcher, new Random(seed))));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(left.await(60, TimeUnit.SECONDS))
                .as("all queries left, %s did not", left.getCount())
                .isTrue();
        loop.submit(() -> {}).sync();
        assertThat(exits)
                .hasSize(THREADS * QUERIES)
                .allSatisfy((query, ways) -> assertThat(ways).hasSize(1));
        assertThat(batcher.size("call")).isZero();
        assertThat(batcher.retainedBytes()).isZero();
        assertThat(replicas.givenBack).isPositive();
    }

    private void arriveAndCancel(MicroBatcher<TestQuery> batcher, Random random) {
        List<TestQuery> recent = new ArrayList<>();
        for (int i = 0; i < QUERIES; i++) {
            long slo = random.nextInt(4) == 0
                    ? Duration.ofNanos(random.nextInt(200_000)).toNanos()
                    : Duration.ofSeconds(30).toNanos();
            TestQuery query = new TestQuery("q", "call", System.nanoTime(), slo);
            recent.add(query);
            arrivals.arrive(query);
            if (random.nextInt(3) == 0) {
                batcher.remove(recent.remove(random.nextInt(recent.size())));
            }
            if (recent.size() > 50) {
                recent.clear();
            }
        }
    }

    private void leaves(TestQuery query, String how) {
        exits.computeIfAbsent(query, any -> new ArrayList<>(1)).add(how);
        left.countDown();
    }

    private final class Listener implements QueueListener<TestQuery> {
        @Override
        public void shed(TestQuery query, Reason why) {
            leaves(query, "shed " + why);
        }

        @Override
        public void waiting(TestQuery query) {
            assertThat(query.isQueued()).isTrue();
        }

        @Override
        public void removed(TestQuery query) {
            leaves(query, "removed");
        }
    }

    /** Two replicas; now and then one is busy and gives its batch back. */
    private final class Replicas extends BaseSubscriber<Batch> {
        private final MicroBatcher<TestQuery> batcher;
        private final Random random = new Random(7);
        private int givenBack;

        Replicas(MicroBatcher<TestQuery> batcher) {
            this.batcher = batcher;
        }

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            request(2);
        }

        @Override
        protected void hookOnNext(Batch batch) {
            boolean busy = random.nextInt(5) == 0;
            for (int i = 0; i < batch.size(); i++) {
                TestQuery query = (TestQuery) batch.get(i);
                if (busy) {
                    batcher.giveBack(query);
                    givenBack++;
                } else {
                    leaves(query, "batch");
                }
            }
            request(1);
        }
    }
}
