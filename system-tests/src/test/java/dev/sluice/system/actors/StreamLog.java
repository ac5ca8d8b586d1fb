package dev.sluice.system.actors;

import dev.sluice.sdk.Actor;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;

/** Counts what the streams of its process do. */
@Actor(value = "streamlog", idempotent = true, description = "counts streams: started, produced, cancelled")
public class StreamLog {

    static final AtomicLong STARTED = new AtomicLong();
    static final AtomicLong PRODUCED = new AtomicLong();
    static final AtomicLong CANCELLED = new AtomicLong();

    public Counts call(JsonNode ignored) {
        return new Counts(STARTED.get(), PRODUCED.get(), CANCELLED.get());
    }

    /** Since the start of the process. */
    public record Counts(long started, long produced, long cancelled) {}
}
