package dev.sluice.system.call;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/** Callers who call again as soon as they have their answer, while something happens. */
public final class Load {

    private static final long MOST_SECONDS = 120;

    private final List<Thread> threads = new ArrayList<>();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private volatile Duration pause = Duration.ZERO;
    private volatile boolean stopping;

    private Load() {}

    /** @param call one call by the caller of this number */
    public static Load of(int callers, IntConsumer call) {
        return new Load().and(callers, call);
    }

    public Load and(int callers, IntConsumer call) {
        for (int i = 0; i < callers; i++) {
            int caller = i;
            Thread thread = new Thread(() -> run(caller, call), "caller-" + threads.size());
            thread.setDaemon(true);
            threads.add(thread);
        }
        return this;
    }

    /** What each caller waits between two calls, so that a machine has something left for processes that start. */
    public Load pausing(Duration newPause) {
        pause = newPause;
        return this;
    }

    /** Lets every caller finish its call in the end; fails where one hangs or has failed. */
    public void during(Runnable happening) {
        threads.forEach(Thread::start);
        try {
            happening.run();
        } catch (RuntimeException | AssertionError e) {
            failures.forEach(e::addSuppressed);
            throw e;
        } finally {
            stopping = true;
        }
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SECONDS);
        threads.forEach(thread -> join(thread, Math.max(1, end - System.nanoTime())));
        if (!failures.isEmpty()) {
            throw new AssertionError(failures.size() + " callers failed, first: " + failures.peek(), failures.peek());
        }
    }

    private void run(int caller, IntConsumer call) {
        while (!stopping) {
            try {
                call.accept(caller);
                LockSupport.parkNanos(pause.toNanos());
            } catch (RuntimeException | AssertionError e) {
                failures.add(e);
                return;
            }
        }
    }

    private static void join(Thread thread, long nanos) {
        try {
            TimeUnit.NANOSECONDS.timedJoin(thread, nanos);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while callers end", e);
        }
        if (thread.isAlive()) {
            throw new AssertionError(thread.getName() + " hangs");
        }
    }
}
