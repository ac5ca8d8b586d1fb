package dev.sluice.frontend.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class LastQueriesTest {

    @Test
    void keepsTheLastAndShowsTheNewestFirst() {
        LastQueries last = new LastQueries(3);
        assertThat(last.newestFirst()).isEmpty();
        for (int i = 0; i < 5; i++) {
            last.ended(Ended.query("q-" + i, 1, i));
        }
        assertThat(last.newestFirst()).extracting(EndedQuery::id).containsExactly("q-4", "q-3", "q-2");
    }

    @Test
    void losesNoneAndShowsNoneTwiceWhileManyAdd() throws Exception {
        int threads = 4;
        int each = 20_000;
        LastQueries last = new LastQueries(threads * each);
        LastQueries small = new LastQueries(16);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            CountDownLatch begin = new CountDownLatch(1);
            List<Future<?>> adding = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                int thread = t;
                adding.add(pool.submit(() -> {
                    begin.await();
                    for (int i = 0; i < each; i++) {
                        EndedQuery query = Ended.query(thread + "-" + i, 1, i);
                        last.ended(query);
                        small.ended(query);
                    }
                    return null;
                }));
            }
            begin.countDown();
            while (adding.stream().anyMatch(added -> !added.isDone())) {
                assertThat(small.newestFirst()).hasSizeLessThanOrEqualTo(16);
            }
            for (Future<?> added : adding) {
                added.get();
            }
        } finally {
            pool.shutdownNow();
        }
        List<String> ids = last.newestFirst().stream().map(EndedQuery::id).toList();
        assertThat(ids).hasSize(threads * each);
        assertThat(new HashSet<>(ids)).hasSize(threads * each);
        assertThat(small.newestFirst()).hasSize(16);
    }
}
