package dev.sluice.frontend.gateway;

import io.netty.util.Timeout;
import io.netty.util.Timer;
import io.netty.util.TimerTask;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A clock and its timers, both driven by hand. Thread-safe. */
final class HandTimers implements Timer {

    private final PriorityQueue<HandTimeout> pending =
            new PriorityQueue<>((one, other) -> Long.signum(one.atNanos - other.atNanos));
    private long nanos = Long.MAX_VALUE - 1_000;

    GatewayClock clock() {
        return new GatewayClock(this, this::nanos);
    }

    synchronized long nanos() {
        return nanos;
    }

    synchronized int pending() {
        return pending.size();
    }

    /** Lets time pass without the timers noticing, as where their thread is late. */
    synchronized void passSilently(long millis) {
        nanos += TimeUnit.MILLISECONDS.toNanos(millis);
    }

    void pass(long millis) throws Exception {
        passSilently(millis);
        for (HandTimeout due = due(); due != null; due = due()) {
            due.task.run(due);
        }
    }

    private synchronized HandTimeout due() {
        HandTimeout first = pending.peek();
        return first != null && first.atNanos - nanos <= 0 ? pending.poll() : null;
    }

    @Override
    public synchronized Timeout newTimeout(TimerTask task, long delay, TimeUnit unit) {
        HandTimeout timeout = new HandTimeout(task, nanos + unit.toNanos(delay));
        pending.add(timeout);
        return timeout;
    }

    @Override
    public Set<Timeout> stop() {
        return Set.of();
    }

    private final class HandTimeout implements Timeout {
        private final TimerTask task;
        private final long atNanos;
        private boolean cancelled;

        HandTimeout(TimerTask task, long atNanos) {
            this.task = task;
            this.atNanos = atNanos;
        }

        @Override
        public Timer timer() {
            return HandTimers.this;
        }

        @Override
        public TimerTask task() {
            return task;
        }

        @Override
        public boolean isExpired() {
            return !cancelled && atNanos - nanos() <= 0;
        }

        @Override
        public boolean isCancelled() {
            return cancelled;
        }

        @Override
        public boolean cancel() {
            synchronized (HandTimers.this) {
                cancelled = pending.remove(this);
                return cancelled;
            }
        }
    }
}
