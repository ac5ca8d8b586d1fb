package dev.sluice.sdk.host;

import static dev.sluice.sdk.host.ScriptedActor.ECHO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.testing.FakeLink;
import dev.sluice.common.wire.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.Disposables;

/** Several routers press on one host at once. */
@Timeout(300)
class SharedReplicaTest {

    private static final int ROUTERS = 3;
    private static final int BATCHES = 300;

    @Test
    void runsNeverTwoBatchesAtOnceOnOneReplicaAndEndsEachOnce() throws Exception {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger ran = new AtomicInteger();
        Semaphore refusals = new Semaphore(0);
        ScriptedActor actor = ScriptedActor.of("a", (inputs, sink) -> {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            if (ran.incrementAndGet() == 1) {
                // However the threads are scheduled, they meet once.
                refusals.acquireUninterruptibly();
            }
            Thread.yield();
            ECHO.run(inputs, sink);
            inside.decrementAndGet();
            return Disposables.disposed();
        });
        ExecutorService threads = Executors.newFixedThreadPool(ROUTERS);
        try (HostRig rig = HostRig.of(actor.hosted(1))) {
            rig.host.start();
            List<Future<Integer>> routers = new ArrayList<>();
            for (int i = 0; i < ROUTERS; i++) {
                routers.add(threads.submit(router(rig, rig.served("router-" + i), refusals)));
            }
            int refused = 0;
            for (Future<Integer> router : routers) {
                refused += router.get();
            }
            assertThat(most).hasValue(1);
            assertThat(ran).hasValue(ROUTERS * BATCHES);
            assertThat(refused).as("they did meet").isPositive();
        } finally {
            threads.shutdownNow();
        }
    }

    /** Sends a batch after the other, and a refused one again when the replica is free; returns how many were refused. */
    private static Callable<Integer> router(HostRig rig, FakeLink link, Semaphore refusals) {
        return () -> {
            int refused = 0;
            for (int number = 1; number <= BATCHES; number++) {
                link.deliver(rig.batches.of(number, "a-0", "x"));
                while (outcome(link) instanceof Frame.Busy) {
                    refused++;
                    refusals.release();
                    link.next(Frame.Load.class);
                    link.deliver(rig.batches.of(number, "a-0", "x"));
                }
            }
            return refused;
        };
    }

    private static Frame outcome(FakeLink link) throws InterruptedException {
        Frame next = link.next();
        while (!(next instanceof Frame.Busy || next instanceof Frame.Done)) {
            next = link.next();
        }
        return next;
    }

    @Test
    void interruptsNoBatchButTheOneWhoseCallersAreGone() throws Exception {
        Semaphore inside = new Semaphore(0);
        AtomicInteger wronglyInterrupted = new AtomicInteger();
        AtomicInteger rightlyInterrupted = new AtomicInteger();
        ScriptedActor actor = ScriptedActor.of("a", (inputs, sink) -> {
            String kind = ScriptedActor.text(inputs.get(0));
            if (kind.equals("stays") && Thread.currentThread().isInterrupted()) {
                wronglyInterrupted.incrementAndGet();
            } else if (kind.equals("leaves it waiting")) {
                inside.release();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException expected) {
                    rightlyInterrupted.incrementAndGet();
                }
            }
            return ECHO.run(inputs, sink);
        });
        Random random = new Random(1);
        try (HostRig rig = HostRig.of(actor.hosted(1))) {
            rig.host.start();
            FakeLink router = rig.served("router-0");
            for (int number = 1; number <= 4_000; number += 2) {
                boolean waiting = number % 16 == 1;
                router.deliver(rig.batches.of(number, "a-0", waiting ? "leaves it waiting" : "leaves"));
                router.deliver(rig.batches.staged(number + 1, "a-0", "stays"));
                if (waiting) {
                    inside.acquire();
                }
                for (int i = random.nextInt(1_000); i > 0; i--) {
                    Thread.onSpinWait();
                }
                router.deliver(new Frame.Cancel(number * 100L));
                assertThat(outcome(router)).isInstanceOf(Frame.Done.class);
                assertThat(outcome(router)).isInstanceOf(Frame.Done.class);
            }
        }
        assertThat(rightlyInterrupted).hasValue(250);
        assertThat(wronglyInterrupted).hasValue(0);
    }
}
