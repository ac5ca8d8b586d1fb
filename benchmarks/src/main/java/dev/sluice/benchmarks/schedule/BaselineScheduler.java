package dev.sluice.benchmarks.schedule;

import dev.sluice.scheduling.Batch;
import dev.sluice.scheduling.Decision;
import dev.sluice.scheduling.Queued;
import dev.sluice.scheduling.Reason;
import dev.sluice.scheduling.Refusal;
import dev.sluice.scheduling.Scheduler;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** What others do, in as few words as it takes: to be compared with, never to be used. Nothing is refused. */
abstract class BaselineScheduler implements Scheduler {

    final int maxBatchSize;
    private int size;

    BaselineScheduler(int maxBatchSize) {
        this.maxBatchSize = maxBatchSize;
    }

    abstract void enter(Queued query, long now);

    /** The next batch; null where none is to be sent now. */
    abstract Queued @Nullable [] next(long now);

    /** When to look again, in nanoseconds from now; not positive for not at all. */
    long wakeIn(long now) {
        return 0;
    }

    @Override
    public @Nullable Refusal offer(Queued query, long now) {
        size++;
        enter(query, now);
        return null;
    }

    @Override
    public Decision poll(long now, int freeReplicas) {
        Queued[] batch = freeReplicas > 0 && size > 0 ? next(now) : null;
        if (batch != null) {
            size -= batch.length;
            return new Decision.Dispatch(new Batch(SimQuery.METHOD, batch));
        }
        long wake = size == 0 ? 0 : wakeIn(now);
        return wake > 0 ? new Decision.WakeAt(now + wake) : Decision.Idle.IDLE;
    }

    @Override
    public void offerAgain(Queued query, long now) {
        offer(query, now);
    }

    @Override
    public boolean remove(Queued query) {
        throw new UnsupportedOperationException("nobody goes away here");
    }

    @Override
    public @Nullable Queued peek() {
        throw new UnsupportedOperationException("nobody looks here");
    }

    @Override
    public boolean serves(String method) {
        return true;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public long retainedBytes() {
        return 0;
    }

    @Override
    public int size(String method) {
        return size;
    }

    final void forget() {
        size--;
    }

    static Queued[] take(Queue<Queued> queue, int most) {
        Queued[] batch = new Queued[Math.min(most, queue.size())];
        for (int i = 0; i < batch.length; i++) {
            batch[i] = queue.remove();
        }
        return batch;
    }

    private static PriorityQueue<Queued> byDeadline() {
        return new PriorityQueue<>(Comparator.<Queued>comparingLong(query -> query.deadlineNanos() - Simulation.EPOCH));
    }

    /** Earliest deadline first, full batches, nothing dropped. */
    static final class Edf extends BaselineScheduler {
        private final PriorityQueue<Queued> queue = byDeadline();

        Edf(int maxBatchSize) {
            super(maxBatchSize);
        }

        @Override
        void enter(Queued query, long now) {
            queue.add(query);
        }

        @Override
        Queued[] next(long now) {
            return take(queue, maxBatchSize);
        }
    }

    /** Earliest deadline first, in as large a batch as the earliest deadline allows; only what is hopeless is left out. */
    static final class LargestFit extends BaselineScheduler {
        private final PriorityQueue<Queued> queue = byDeadline();
        private final BatchCost cost;

        LargestFit(BatchCost cost) {
            super(cost.maxBatchSize());
            this.cost = cost;
        }

        @Override
        void enter(Queued query, long now) {
            queue.add(query);
        }

        @Override
        public Decision poll(long now, int freeReplicas) {
            Queued head = queue.peek();
            if (head != null && head.deadlineNanos() - now < cost.nanos(1)) {
                queue.remove();
                forget();
                return new Decision.Shed(head, Reason.UNMEETABLE);
            }
            return super.poll(now, freeReplicas);
        }

        @Override
        Queued @Nullable [] next(long now) {
            Queued head = queue.peek();
            if (head == null) {
                return null;
            }
            double fits = (head.deadlineNanos() - now - cost.betaNanos()) / cost.alphaNanos();
            return take(queue, (int) Math.max(1, Math.min(maxBatchSize, fits)));
        }
    }

    /** Batches are cut by size or time as queries arrive, whoever is free, and wait in order: Reactor's bufferTimeout. */
    static final class BufferTimeout extends BaselineScheduler {
        private final ArrayDeque<Queued> open = new ArrayDeque<>();
        private final ArrayDeque<Queued[]> cut = new ArrayDeque<>();
        private final long windowNanos;
        private long openedAt;

        BufferTimeout(int maxBatchSize, long windowNanos) {
            super(maxBatchSize);
            this.windowNanos = windowNanos;
        }

        @Override
        void enter(Queued query, long now) {
            if (open.isEmpty()) {
                openedAt = now;
            }
            open.add(query);
            if (open.size() == maxBatchSize) {
                cut.add(take(open, maxBatchSize));
            }
        }

        @Override
        Queued @Nullable [] next(long now) {
            cutInTime(now);
            return cut.poll();
        }

        @Override
        long wakeIn(long now) {
            cutInTime(now);
            return open.isEmpty() ? 0 : openedAt + windowNanos - now;
        }

        private void cutInTime(long now) {
            if (!open.isEmpty() && now - openedAt >= windowNanos) {
                cut.add(take(open, maxBatchSize));
            }
        }
    }
}
