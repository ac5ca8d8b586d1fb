package dev.sluice.host.onnx.actor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SideBySideTest {

    private static final Runnable NOTHING = () -> {};

    private final ExecutorService others = Executors.newFixedThreadPool(3);

    @AfterEach
    void end() {
        others.shutdownNow();
    }

    @Test
    void doesEachPartOnce() {
        ConcurrentLinkedQueue<Integer> done = new ConcurrentLinkedQueue<>();
        SideBySide.run(1_000, 4, others, done::add, NOTHING);
        assertThat(done).hasSize(1_000).doesNotHaveDuplicates().contains(0, 999);
    }

    @Test
    void doesPartsAtTheSameTime() {
        CountDownLatch both = new CountDownLatch(2);
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        SideBySide.run(
                2,
                2,
                others,
                part -> {
                    threads.add(Thread.currentThread());
                    both.countDown();
                    await(both); // hangs where one follows the other
                },
                NOTHING);
        assertThat(threads).hasSize(2).contains(Thread.currentThread());
    }

    @Test
    void doesAllAloneWhereNoOtherThreadIsFree() {
        List<Runnable> waiting = new ArrayList<>();
        List<Integer> done = new ArrayList<>();
        SideBySide.run(3, 2, waiting::add, done::add, NOTHING);
        assertThat(done).containsExactly(0, 1, 2);

        waiting.forEach(Runnable::run);
        assertThat(done).as("once the thread is free").containsExactly(0, 1, 2);
    }

    @Test
    void asksForNoOtherThreadThanThereAreParts() {
        List<Runnable> asked = new ArrayList<>();
        SideBySide.run(1, 4, asked::add, part -> {}, NOTHING);
        SideBySide.run(2, 4, asked::add, part -> {}, NOTHING);
        SideBySide.run(9, 1, asked::add, part -> {}, NOTHING);
        assertThat(asked).hasSize(1);
    }

    @Test
    void throwsWhatTheWorkThrewElsewhereAndLeavesTheRestOut() {
        CountDownLatch thrown = new CountDownLatch(1);
        Thread caller = Thread.currentThread();
        // Far more than could be done before the test is given up.
        assertThatThrownBy(() -> SideBySide.run(
                        Integer.MAX_VALUE - 8,
                        2,
                        others,
                        part -> {
                            if (Thread.currentThread() == caller) {
                                await(thrown);
                                Thread.yield();
                            } else {
                                thrown.countDown();
                                throw new IllegalStateException("no memory, say");
                            }
                        },
                        NOTHING))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no memory, say");
    }

    @Test
    void waitsForOthersThroughAnInterruptAndKeepsIt() {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch told = new CountDownLatch(1);
        Thread caller = Thread.currentThread();
        Set<Integer> done = ConcurrentHashMap.newKeySet();
        SideBySide.run(
                2,
                2,
                others,
                part -> {
                    if (Thread.currentThread() == caller) {
                        await(begun);
                        caller.interrupt();
                    } else {
                        begun.countDown();
                        await(told);
                    }
                    done.add(part);
                },
                told::countDown);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(done).containsExactlyInAnyOrder(0, 1);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
