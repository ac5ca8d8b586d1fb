package dev.sluice.sdk.host;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.ErrorCode.Outcome;
import dev.sluice.sdk.host.HostMetrics.MethodMeters;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Keeps what was measured. */
final class RecordingMeters implements MethodMeters {

    final List<Outcome> outcomes = new CopyOnWriteArrayList<>();
    final AtomicInteger inFlight = new AtomicInteger();
    final List<Integer> batches = new CopyOnWriteArrayList<>();
    final List<Long> runNanos = new CopyOnWriteArrayList<>();

    @Override
    public void queriesCame(int queries) {
        inFlight.addAndGet(queries);
    }

    @Override
    public void queriesWentBack(int queries) {
        inFlight.addAndGet(-queries);
    }

    @Override
    public void queryEnded(@Nullable ErrorCode code) {
        inFlight.decrementAndGet();
        outcomes.add(code == null ? Outcome.ANSWERED : code.outcome());
    }

    @Override
    public void batchEnded(int size, long nanos) {
        batches.add(size);
        runNanos.add(nanos);
    }
}
