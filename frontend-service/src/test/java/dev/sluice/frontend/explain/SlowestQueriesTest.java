package dev.sluice.frontend.explain;

import static dev.sluice.frontend.explain.SlowestQueries.MINUTE_NANOS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlowestQueriesTest {

    /** Nano times may begin anywhere. */
    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE - 120_000_000_000L})
    void keepsTheSlowestOfEachMinuteForSomeMinutes(long start) {
        SlowestQueries slowest = new SlowestQueries(2, 3, start);
        for (int minute = 0; minute < 4; minute++) {
            for (long total : new long[] {5, 40, 7, 30}) {
                slowest.ended(Ended.query(minute + ":" + total, total + minute, start + minute * MINUTE_NANOS + total));
            }
        }
        assertThat(slowest.slowestFirst(start + 3 * MINUTE_NANOS + 50))
                .extracting(EndedQuery::id)
                .containsExactly("3:40", "2:40", "1:40", "3:30", "2:30", "1:30");
    }

    @Test
    void forgetsWhatIsOldEvenIfNothingCame() {
        SlowestQueries slowest = new SlowestQueries(2, 3, 0);
        slowest.ended(Ended.query("old", 5, 0));
        assertThat(slowest.slowestFirst(3 * MINUTE_NANOS - 1)).hasSize(1);
        assertThat(slowest.slowestFirst(3 * MINUTE_NANOS)).isEmpty();
    }

    /** As many as there are places, so that the loss of a single one shows. */
    @RepeatedTest(300)
    void keepsAllWhileThereIsRoom() throws Exception {
        int threads = 4;
        int each = 8;
        SlowestQueries slowest = new SlowestQueries(threads * each, 2, 0);
        CyclicBarrier begin = new CyclicBarrier(threads);
        List<Thread> adding = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            long first = (long) t * each;
            Thread thread = new Thread(() -> {
                try {
                    begin.await();
                } catch (InterruptedException | BrokenBarrierException e) {
                    throw new IllegalStateException(e);
                }
                // From slow to less slow: a threshold that is too high loses the next.
                for (long total = first + each; total > first; total--) {
                    slowest.ended(Ended.query("q-" + total, total, 1));
                }
            });
            thread.start();
            adding.add(thread);
        }
        for (Thread thread : adding) {
            thread.join();
        }
        assertThat(slowest.slowestFirst(1)).hasSize(threads * each);
    }

    @Test
    void keepsTheSlowestWhileManyAdd() throws Exception {
        int threads = 4;
        int each = 20_000;
        List<Long> totals = new ArrayList<>(
                LongStream.range(0, (long) threads * each).boxed().toList());
        Collections.shuffle(totals, new Random(3));
        SlowestQueries slowest = new SlowestQueries(32, 2, 0);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            CountDownLatch begin = new CountDownLatch(1);
            List<Future<?>> adding = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                List<Long> part = totals.subList(t * each, (t + 1) * each);
                adding.add(pool.submit(() -> {
                    begin.await();
                    part.forEach(total -> slowest.ended(Ended.query("q-" + total, total, 1)));
                    return null;
                }));
            }
            begin.countDown();
            for (Future<?> added : adding) {
                added.get();
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(slowest.slowestFirst(1).stream().map(EndedQuery::totalNanos))
                .containsExactlyElementsOf(LongStream.iterate((long) threads * each - 1, total -> total - 1)
                        .limit(32)
                        .boxed()
                        .toList());
    }
}
