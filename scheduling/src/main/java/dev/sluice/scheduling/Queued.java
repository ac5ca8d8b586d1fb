package dev.sluice.scheduling;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One query as the core sees it. The owner of the scheduler extends this class with its own query, so that there is one
 * object per query; the core keeps its bookkeeping in the fields below instead of in nodes and maps of its own.
 *
 * <p>Not thread-safe: while a query is queued, only the writer of its scheduler may touch it.
 */
public abstract class Queued {

    private static final int NOWHERE = -1;
    private static final long NEVER = -1;

    private final String method;
    private final long deadlineNanos;
    private final long arrivedNanos;
    private final int priority;
    private final int retainedBytes;

    /** The queue that holds this query; null while it is not queued. */
    @Nullable MethodQueue queue;

    /** Its tenant's share of the replicas' time; null until a scheduler that shares has seen it. */
    @Nullable Share share;

    /** Let in though it seems hopeless, to find out whether it is. */
    boolean probe;

    /** The place in the order of arrival, given once, when the query is first accepted. */
    long sequence = NEVER;

    /** What was charged to the limits on entry, so that exactly as much is given back, whatever the subclass says. */
    int chargedBytes;

    /** The rows that count, as of when it entered its queue. */
    int countedRows = 1;

    /** The index in an {@link ArrivalHeap}; negative while in none. */
    int arrivalSlot = NOWHERE;

    /** The index in a {@link DeadlineHeap}; negative while in none. */
    int deadlineSlot = NOWHERE;

    /**
     * @param method the name of the method that the query calls
     * @param deadlineNanos when its answer is worth nothing any more, in nanoseconds of the scheduler's clock. What the way
     *     from and to the caller costs is taken off already: the moment of arrival, plus the budget that came with the query,
     *     less the measured round trip to whoever sent it
     * @param arrivedNanos when it arrived, on the same clock
     * @param priority 1 is the highest, 0 means unset
     * @param retainedBytes the memory that the query holds while it waits, at least 0
     * @throws IllegalArgumentException if {@code retainedBytes} is negative
     */
    protected Queued(String method, long deadlineNanos, long arrivedNanos, int priority, int retainedBytes) {
        if (retainedBytes < 0) {
            throw new IllegalArgumentException("A query cannot retain " + retainedBytes + " bytes");
        }
        this.method = Objects.requireNonNull(method, "method");
        this.deadlineNanos = deadlineNanos;
        this.arrivedNanos = arrivedNanos;
        this.priority = priority;
        this.retainedBytes = retainedBytes;
    }

    public final String method() {
        return method;
    }

    /** When the answer is worth nothing any more, in nanoseconds of the scheduler's clock. */
    public final long deadlineNanos() {
        return deadlineNanos;
    }

    /** When the query arrived, in nanoseconds of the scheduler's clock; {@code maxWait} is counted from here. */
    public final long arrivedNanos() {
        return arrivedNanos;
    }

    /** 1 is the highest, 0 means unset. */
    public int priority() {
        return priority;
    }

    /** On whose behalf the query runs; empty where nobody is named. Read when the query is offered. */
    public String tenant() {
        return "";
    }

    /**
     * The rows that its input carries, at least 1: batch sizes, limits and batch times count rows. Read once, when the query
     * enters a queue.
     */
    public int rows() {
        return 1;
    }

    /** The memory that this query holds while it waits, in bytes; read once, when the query enters a queue. */
    public int retainedBytes() {
        return retainedBytes;
    }

    /** Whether a scheduler holds this query now. False once it was dispatched, shed or removed. */
    public final boolean isQueued() {
        return queue != null;
    }

    final boolean wasAccepted() {
        return sequence != NEVER;
    }
}
