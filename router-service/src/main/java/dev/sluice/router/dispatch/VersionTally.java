package dev.sluice.router.dispatch;

import dev.sluice.common.error.ErrorCode;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What became of the queries of one version of an actor. Thread-safe: queries end on many threads, and each is counted once. */
public final class VersionTally {

    private final LongAdder answered = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder latencyNanos = new LongAdder();

    /** @param code null where it was answered */
    void ended(@Nullable ErrorCode code, long tookNanos) {
        if (code == null) {
            answered.increment();
            latencyNanos.add(tookNanos);
        } else if (blames(code)) {
            failed.increment();
        }
    }

    /** What may be the version's doing: not that there was too much to do, nor that nobody wanted it any more. */
    private static boolean blames(ErrorCode code) {
        return switch (code) {
            case FAILED, LOST, EXPIRED, INVALID_INPUT -> true;
            default -> false;
        };
    }

    Ended soFar() {
        return new Ended(answered.sum(), failed.sum(), latencyNanos.sum());
    }

    /**
     * @param answered with a result
     * @param failed by user code or with its replica, or not in time
     * @param latencyNanos of those that were answered, together
     */
    public record Ended(long answered, long failed, long latencyNanos) {}
}
