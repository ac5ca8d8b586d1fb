package dev.sluice.sdk.host;

import dev.sluice.common.error.ErrorCode.Outcome;
import dev.sluice.sdk.host.HostMetrics.MethodMeters;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what was measured. */
final class RecordingMeters implements MethodMeters {

    final List<Outcome> outcomes = new CopyOnWriteArrayList<>();
    final List<Integer> batches = new CopyOnWriteArrayList<>();
    final List<Long> runNanos = new CopyOnWriteArrayList<>();

    @Override
    public void queryEnded(Outcome outcome) {
        outcomes.add(outcome);
    }

    @Override
    public void batchEnded(int size, long nanos) {
        batches.add(size);
        runNanos.add(nanos);
    }
}
