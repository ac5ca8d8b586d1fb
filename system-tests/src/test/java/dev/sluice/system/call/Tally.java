package dev.sluice.system.call;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** How calls ended, counted by whoever made them: {@code answered}, or the code of the problem. Thread-safe. */
public final class Tally {

    private static final String ANSWERED = "answered";

    private final Map<String, LongAdder> outcomes = new ConcurrentSkipListMap<>();
    private final AtomicLong longestNanos = new AtomicLong();

    public void count(Reply reply) {
        count(reply.ok() ? ANSWERED : reply.status() + " " + reply.code());
    }

    public void count(String outcome) {
        outcomes.computeIfAbsent(outcome, name -> new LongAdder()).increment();
    }

    public void took(long nanos) {
        longestNanos.accumulateAndGet(nanos, Math::max);
    }

    public long longestMillis() {
        return longestNanos.get() / 1_000_000;
    }

    public long answered() {
        return of(ANSWERED);
    }

    public long of(String outcome) {
        LongAdder count = outcomes.get(outcome);
        return count == null ? 0 : count.sum();
    }

    public long all() {
        return outcomes.values().stream().mapToLong(LongAdder::sum).sum();
    }

    public Map<String, Long> counts() {
        Map<String, Long> counts = new TreeMap<>();
        outcomes.forEach((outcome, count) -> counts.put(outcome, count.sum()));
        return counts;
    }

    @Override
    public String toString() {
        return counts() + ", longest " + longestMillis() + " ms";
    }
}
