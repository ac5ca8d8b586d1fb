package dev.sluice.host.onnx.actor;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Does the parts of something, on the calling thread and on others as far as these are free. It never waits for a thread that has not
 * begun, so it ends wherever the caller could do it alone.
 */
final class SideBySide {

    private final int parts;
    private final IntConsumer work;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();

    private SideBySide(int parts, IntConsumer work) {
        this.parts = parts;
        this.work = work;
    }

    /**
     * Returns when all parts are done. What the work throws the caller gets, and parts that were not begun are left out then. An
     * interrupt ends nothing by itself, and is kept.
     *
     * @param threads at most, with the caller's
     * @param others where more threads come from
     * @param work that is told the number of a part, from 0
     * @param interrupted what is done when the caller is interrupted while it waits for other threads
     */
    static void run(int parts, int threads, Executor others, IntConsumer work, Runnable interrupted) {
        SideBySide all = new SideBySide(parts, work);
        List<Lane> lanes = new ArrayList<>();
        try {
            for (int i = 1; i < Math.min(threads, parts); i++) {
                Lane lane = all.new Lane();
                lanes.add(lane);
                others.execute(lane);
            }
            all.work();
        } finally {
            // Whatever happens: what the others work with is taken away afterwards.
            lanes.forEach(lane -> lane.end(interrupted));
        }
        Throwable failure = all.thrown.get();
        if (failure instanceof RuntimeException e) {
            throw e;
        }
        if (failure instanceof Error e) {
            throw e;
        }
    }

    private void work() {
        for (int part = next.getAndIncrement(); part < parts && thrown.get() == null; part = next.getAndIncrement()) {
            try {
                work.accept(part);
            } catch (RuntimeException | Error e) {
                thrown.compareAndSet(null, e);
            }
        }
    }

    private void tell(Runnable interrupted) {
        try {
            interrupted.run();
        } catch (RuntimeException e) {
            thrown.compareAndSet(null, e);
        }
    }

    /** What one of the other threads does. */
    private final class Lane implements Runnable {

        private final AtomicBoolean taken = new AtomicBoolean();
        private final CountDownLatch done = new CountDownLatch(1);

        @Override
        public void run() {
            if (taken.compareAndSet(false, true)) {
                try {
                    work();
                } finally {
                    done.countDown();
                }
            }
        }

        /** Waits for it if it began, and else sees to it that it never does. */
        void end(Runnable interrupted) {
            if (taken.compareAndSet(false, true)) {
                return;
            }
            boolean wasInterrupted = false;
            while (true) {
                try {
                    done.await();
                    break;
                } catch (InterruptedException e) {
                    if (!wasInterrupted) {
                        wasInterrupted = true;
                        tell(interrupted);
                    }
                }
            }
            if (wasInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
