package dev.sluice.router.dispatch;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.ErrorCode.Outcome;
import dev.sluice.common.metrics.Retry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Metrics as numbers that a test can look at. Thread-safe. */
final class CountingMetrics implements DispatchMetrics {

    private final Map<Outcome, Integer> outcomes = Collections.synchronizedMap(new EnumMap<>(Outcome.class));
    final List<Long> waits = Collections.synchronizedList(new ArrayList<>());
    final List<Integer> batchSizes = Collections.synchronizedList(new ArrayList<>());
    final List<String> batches = Collections.synchronizedList(new ArrayList<>());

    final AtomicInteger hedges = new AtomicInteger();
    final AtomicInteger forgotten = new AtomicInteger();
    final List<Compared> compared = Collections.synchronizedList(new ArrayList<>());
    final List<Retry> retries = Collections.synchronizedList(new ArrayList<>());

    int count(Outcome outcome) {
        return outcomes.getOrDefault(outcome, 0);
    }

    int all() {
        return outcomes.values().stream().mapToInt(Integer::intValue).sum();
    }

    @Override
    public void ended(String method, @Nullable ErrorCode code, long durationNanos) {
        outcomes.merge(code == null ? Outcome.ANSWERED : code.outcome(), 1, Integer::sum);
    }

    @Override
    public void forget() {
        forgotten.incrementAndGet();
    }

    @Override
    public void waited(String method, long nanos) {
        waits.add(nanos);
    }

    @Override
    public void batchSent(String method, int size) {
        batchSizes.add(size);
    }

    @Override
    public void batchHedged(String method) {
        hedges.incrementAndGet();
    }

    @Override
    public void retried(String method, Retry how) {
        retries.add(how);
    }

    @Override
    public void compared(String method, Compared how) {
        compared.add(how);
    }

    @Override
    public void batchDone(String method, long runNanos, long predictedNanos, long wayNanos) {
        batches.add(method + " ran " + runNanos + " predicted " + predictedNanos);
    }
}
