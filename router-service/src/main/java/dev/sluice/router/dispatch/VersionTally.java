package dev.sluice.router.dispatch;

import dev.sluice.common.error.ErrorCode;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What became of the queries that one version of an actor got and that named none. Thread-safe: queries end on many threads, and each is counted once. */
public final class VersionTally {

    private final LongAdder answered = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder turnedAway = new LongAdder();
    private final LongAdder latencyNanos = new LongAdder();
    private final Map<Size, Sum> runs = new ConcurrentHashMap<>();

    /** Kinds of batches that may be compared between versions. */
    public record Size(String method, int rows) {}

    /** @param nanos that they ran, as their hosts say */
    public record Runs(long batches, long nanos) {}

    private static final class Sum {
        private final LongAdder batches = new LongAdder();
        private final LongAdder nanos = new LongAdder();

        Runs soFar() {
            return new Runs(batches.sum(), nanos.sum());
        }
    }

    /** A whole batch was run to its end. */
    void ran(String method, int rows, long nanos) {
        Sum sum = runs.computeIfAbsent(new Size(method, grid(rows)), size -> new Sum());
        sum.batches.increment();
        sum.nanos.add(nanos);
    }

    /** Rounded up so little that batches of one size take nearly one time: by a quarter at most. */
    static int grid(int rows) {
        int step = Math.max(1, Integer.highestOneBit(Math.max(1, rows - 1)) / 4);
        return (rows + step - 1) / step * step;
    }

    /** @param code null where it was answered */
    void ended(@Nullable ErrorCode code, long tookNanos) {
        if (code == null) {
            answered.increment();
            latencyNanos.add(tookNanos);
        } else if (blames(code)) {
            failed.increment();
        } else {
            turnedAway.increment();
        }
    }

    /** It was refused though nothing waited before it: the version is too slow for what was asked. */
    void hopeless() {
        failed.increment();
    }

    /** What may be the version's doing: not that there was too much to do, nor that nobody wanted it any more. */
    private static boolean blames(ErrorCode code) {
        return switch (code) {
            case FAILED, LOST, EXPIRED, INVALID_INPUT -> true;
            default -> false;
        };
    }

    Ended soFar() {
        return new Ended(answered.sum(), failed.sum(), turnedAway.sum(), latencyNanos.sum(), runsSoFar());
    }

    private Map<Size, Runs> runsSoFar() {
        Map<Size, Runs> soFar = new HashMap<>();
        runs.forEach((size, sum) -> soFar.put(size, sum.soFar()));
        return soFar;
    }

    /**
     * @param answered with a result
     * @param failed by user code or with its replica, or not in time, or refused since not even a batch of its own would have been
     * @param turnedAway all others: there was too much to do, or nobody wanted it any more
     * @param latencyNanos of those that were answered, together
     * @param runs of whole batches
     */
    public record Ended(long answered, long failed, long turnedAway, long latencyNanos, Map<Size, Runs> runs) {
        public Ended {
            runs = Map.copyOf(runs);
        }
    }
}
