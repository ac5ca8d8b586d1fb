package dev.sluice.common.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.common.testing.LogCapture;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DrainLoopTest {

    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final Queue<String> left = new ConcurrentLinkedQueue<>();
    private final List<String> seen = new ArrayList<>();
    private final LogCapture log = LogCapture.of(DrainLoop.class);

    @AfterEach
    void stopListening() {
        log.close();
    }

    @Test
    void drainsOnceForAllThatWasLeftBeforeItsTurn() {
        AtomicInteger drains = new AtomicInteger();
        DrainLoop loop = loop(tasks::add, drains::incrementAndGet);
        loop.wake();
        loop.wake();
        loop.wake();
        assertThat(tasks).hasSize(1);
        tasks.remove().run();
        assertThat(drains).hasValue(1);
    }

    @Test
    void drainsAgainForWhatIsLeftWhileItDrains() {
        DrainLoop[] self = new DrainLoop[1];
        DrainLoop loop = loop(tasks::add, () -> {
            if (left.isEmpty()) {
                return;
            }
            seen.add(left.remove());
            if (seen.size() < 3) {
                left.add("more");
                self[0].wake();
            }
        });
        self[0] = loop;
        left.add("first");
        loop.wake();
        tasks.remove().run();
        assertThat(seen).containsExactly("first", "more", "more");
        assertThat(tasks).as("in the same run").isEmpty();
    }

    @Test
    void goesOnAfterAFault() {
        DrainLoop loop = loop(tasks::add, () -> {
            for (String next = left.poll(); next != null; next = left.poll()) {
                if (next.equals("bad")) {
                    throw new IllegalStateException("planted");
                }
                seen.add(next);
            }
        });
        left.addAll(List.of("bad", "good", "bad", "bad"));
        loop.wake();
        tasks.remove().run();
        left.add("better");
        loop.wake();
        tasks.remove().run();
        assertThat(seen).containsExactly("good", "better");
        assertThat(log.messagesWithStackTrace())
                .hasSize(3)
                .allSatisfy(message -> assertThat(message)
                        .startsWith("A fault in " + getClass().getName()));
    }

    @Test
    void givesUpADrainThatFailsAgainAndAgainUntilItIsWokenAgain() {
        AtomicInteger drains = new AtomicInteger();
        DrainLoop loop = loop(tasks::add, () -> {
            drains.incrementAndGet();
            throw new AssertionError("planted");
        });
        loop.wake();
        tasks.remove().run();
        assertThat(drains).hasValue(10);
        loop.wake();
        tasks.remove().run();
        assertThat(drains).hasValue(20);
    }

    @Test
    void asksAgainAfterItsExecutorRefused() {
        boolean[] full = {true};
        DrainLoop loop = loop(
                task -> {
                    if (full[0]) {
                        throw new RejectedExecutionException("planted");
                    }
                    tasks.add(task);
                },
                () -> seen.add("drained"));
        assertThatThrownBy(loop::wake).isInstanceOf(RejectedExecutionException.class);
        full[0] = false;
        loop.wake();
        tasks.remove().run();
        assertThat(seen).containsExactly("drained");
    }

    @Test
    void losesNothingAndNeverRunsTwiceAtOnce() throws InterruptedException {
        int threads = 4;
        int each = 50_000;
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger overlaps = new AtomicInteger();
        CountDownLatch all = new CountDownLatch(threads * each);
        ExecutorService executor = Executors.newFixedThreadPool(2);
        DrainLoop loop = loop(executor, () -> {
            if (inside.incrementAndGet() != 1) {
                overlaps.incrementAndGet();
            }
            for (String next = left.poll(); next != null; next = left.poll()) {
                all.countDown();
                if (all.getCount() % 20_000 == 0) {
                    inside.decrementAndGet();
                    throw new IllegalStateException("planted");
                }
            }
            inside.decrementAndGet();
        });
        List<Thread> producers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            Thread producer = new Thread(() -> {
                for (int j = 0; j < each; j++) {
                    left.add("work");
                    loop.wake();
                }
            });
            producers.add(producer);
            producer.start();
        }
        for (Thread producer : producers) {
            producer.join();
        }
        assertThat(all.await(1, TimeUnit.MINUTES)).isTrue();
        assertThat(overlaps).hasValue(0);
        executor.shutdown();
        assertThat(executor.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    }

    private static DrainLoop loop(Executor executor, Runnable drain) {
        return new DrainLoop(executor) {
            @Override
            protected void drain() {
                drain.run();
            }
        };
    }
}
