package dev.sluice.scheduling;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The rules of both schedulers said as plainly as possible: one list, searched and sorted afresh for each decision. */
final class NaiveScheduler implements Scheduler {

    private final boolean fifo;
    private final List<MethodPlan> plans;
    private final QueueLimits limits;
    private final Map<Queued, Integer> numbers = new HashMap<>();
    private final List<Queued> waiting = new ArrayList<>();

    NaiveScheduler(boolean fifo, List<MethodPlan> plans, QueueLimits limits) {
        this.fifo = fifo;
        this.plans = plans;
        this.limits = limits;
    }

    @Override
    public @Nullable Refusal offer(Queued query, long now) {
        if (query.deadlineNanos() - now <= 0) {
            return new Refusal(Reason.EXPIRED);
        }
        if (size() + 1 > limits.maxQueries() || retainedBytes() + query.retainedBytes() > limits.maxBytes()) {
            return new Refusal(Reason.OVERLOADED);
        }
        numbers.put(query, numbers.size());
        waiting.add(query);
        return null;
    }

    @Override
    public void offerAgain(Queued query, long now) {
        waiting.add(query);
    }

    @Override
    public boolean remove(Queued query) {
        return waiting.remove(query);
    }

    @Override
    public Decision poll(long now, int freeReplicas) {
        if (waiting.isEmpty()) {
            return Decision.Idle.IDLE;
        }
        Comparator<Queued> byArrival = Comparator.comparing(numbers::get);
        Comparator<Queued> byDeadline = Comparator.<Queued>comparingLong(query -> query.deadlineNanos() - now)
                .thenComparing(byArrival);
        Queued nextToExpire = waiting.stream().min(byDeadline).orElseThrow();
        if (nextToExpire.deadlineNanos() - now <= 0) {
            waiting.remove(nextToExpire);
            return new Decision.Shed(nextToExpire, Reason.EXPIRED);
        }
        Comparator<Queued> order = fifo ? byArrival : byDeadline;
        List<List<Queued>> candidates = freeReplicas > 0 ? candidates(order) : List.of();
        return candidates.stream()
                .filter(candidate -> waitLeft(candidate, now) <= 0)
                .min(Comparator.comparing(candidate -> candidate.get(0), order))
                .map(this::dispatch)
                .orElseGet(() -> {
                    OptionalLong windowEnd = candidates.stream()
                            .mapToLong(candidate -> waitLeft(candidate, now))
                            .min();
                    long expiry = nextToExpire.deadlineNanos() - now;
                    return new Decision.WakeAt(now + Math.min(expiry, windowEnd.orElse(expiry)));
                });
    }

    /** What would be each method's next batch, first query first. */
    private List<List<Queued>> candidates(Comparator<Queued> order) {
        return plans.stream()
                .map(plan -> waiting.stream()
                        .filter(query -> query.method().equals(plan.name()))
                        .sorted(order)
                        .limit(plan.maxBatchSize())
                        .collect(Collectors.toList()))
                .filter(candidate -> !candidate.isEmpty())
                .collect(Collectors.toList());
    }

    private long waitLeft(List<Queued> candidate, long now) {
        MethodPlan plan = plan(candidate.get(0).method());
        boolean waits = fifo && candidate.size() < plan.maxBatchSize();
        return waits ? plan.maxWaitNanos() - (now - candidate.get(0).arrivedNanos()) : 0;
    }

    private Decision dispatch(List<Queued> batch) {
        waiting.removeAll(batch);
        return new Decision.Dispatch(new Batch(batch.get(0).method(), batch.toArray(new Queued[0])));
    }

    private MethodPlan plan(String method) {
        return plans.stream()
                .filter(plan -> plan.name().equals(method))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public @Nullable Queued peek() {
        return waiting.isEmpty() ? null : waiting.get(0);
    }

    @Override
    public boolean serves(String method) {
        return plans.stream().anyMatch(plan -> plan.name().equals(method));
    }

    @Override
    public int size() {
        return waiting.size();
    }

    @Override
    public long retainedBytes() {
        return waiting.stream().mapToLong(Queued::retainedBytes).sum();
    }

    @Override
    public int size(String method) {
        return (int)
                waiting.stream().filter(query -> query.method().equals(method)).count();
    }
}
