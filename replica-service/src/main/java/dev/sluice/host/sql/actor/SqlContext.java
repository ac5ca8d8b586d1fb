package dev.sluice.host.sql.actor;

import dev.sluice.host.sql.engine.Source;
import dev.sluice.host.sql.file.SqlFile;
import dev.sluice.host.sql.tensor.SqlModel;
import io.netty.buffer.ByteBufAllocator;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** What all runs of an actor share, as long as its file stays the same. */
record SqlContext(
        SqlFile file,
        Source source,
        QueryReader reader,
        SqlModel model,
        ByteBufAllocator allocator,
        ScheduledExecutorService timers) {

    /** Tells when the time of a run is over, unless it is cancelled. */
    Future<?> limit(Runnable over) {
        Duration time = file.limits().time();
        return time == null
                ? CompletableFuture.completedFuture(null)
                : timers.schedule(over, time.toMillis(), TimeUnit.MILLISECONDS);
    }

    long timeMillis() {
        Duration time = file.limits().time();
        return time == null ? 0 : time.toMillis();
    }
}
