package dev.sluice.frontend.gateway;

import dev.sluice.common.error.ErrorCode.Outcome;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/**
 * Every query that was accepted, and how it ended, for the life of the process: accepted = answered + failed + shed + expired
 * + cancelled + in flight. Thread-safe; while queries come and go a reading may be off by those.
 */
public final class Ledger {

    private final LongAdder accepted = new LongAdder();
    private final Map<Outcome, LongAdder> ended = new EnumMap<>(Outcome.class);

    public Ledger() {
        for (Outcome outcome : Outcome.values()) {
            ended.put(outcome, new LongAdder());
        }
    }

    void accepted() {
        accepted.increment();
    }

    void ended(Outcome outcome) {
        Objects.requireNonNull(ended.get(outcome)).increment();
    }

    /** Queries that ended so. */
    public long count(Outcome outcome) {
        return Objects.requireNonNull(ended.get(outcome)).sum();
    }

    public long acceptedCount() {
        return accepted.sum();
    }

    /** Accepted, and without an outcome so far. */
    public long inFlight() {
        long inFlight = accepted.sum();
        for (LongAdder outcome : ended.values()) {
            inFlight -= outcome.sum();
        }
        return inFlight;
    }
}
