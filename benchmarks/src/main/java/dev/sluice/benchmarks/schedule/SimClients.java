package dev.sluice.benchmarks.schedule;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Those who ask: open-loop arrivals, refused queries that are sent again, queries that are given up when their SLO has passed.
 * Times are in nanoseconds from the start.
 */
final class SimClients {

    private static final long BACKOFF_NANOS = 50_000_000;

    private final Workload workload;
    private final SplittableRandom random;
    private final ArrivalProcess arrivals;
    private final double endNanos;
    private final PriorityQueue<Timed> retries = new PriorityQueue<>(Comparator.comparingDouble(Timed::at));
    private final PriorityQueue<Timed> patience = new PriorityQueue<>(Comparator.comparingDouble(Timed::at));
    private double nextArrival;

    private record Timed(double at, SimQuery query) {}

    SimClients(Workload workload, double perNano, double endNanos, SplittableRandom random) {
        this.workload = workload;
        this.random = random;
        this.arrivals = workload.kind().start(perNano, random.split());
        this.endNanos = endNanos;
        this.nextArrival = arrivals.next();
    }

    ArrivalProcess arrivals() {
        return arrivals;
    }

    double nextArrival() {
        Timed retry = retries.peek();
        return Math.min(nextArrival, retry == null ? Double.POSITIVE_INFINITY : retry.at);
    }

    /** Who comes at the time of the {@link #nextArrival}. */
    SimQuery arrive() {
        Timed retry = retries.peek();
        if (retry != null && retry.at < nextArrival) {
            retries.poll();
            return retry.query;
        }
        SimQuery fresh = fresh(Simulation.EPOCH + (long) nextArrival);
        nextArrival = arrivals.next();
        if (nextArrival >= endNanos) {
            nextArrival = Double.POSITIVE_INFINITY;
        }
        return fresh;
    }

    private SimQuery fresh(long now) {
        int sloClass =
                pick(workload.classes().size(), i -> workload.classes().get(i).share());
        int tenant = workload.tenants().size() == 1
                ? 0
                : pick(workload.tenants().size(), i -> workload.tenants().get(i).share());
        return query(now, sloClass, tenant, 0);
    }

    private SimQuery query(long now, int sloClass, int tenant, int attempt) {
        long slo = (long) workload.classes().get(sloClass).sloNanos();
        return new SimQuery(now, slo, sloClass, workload.tenants().get(tenant), tenant, attempt);
    }

    private int pick(int size, IntToDoubleFunction share) {
        double left = random.nextDouble();
        for (int i = 0; i < size - 1; i++) {
            left -= share.applyAsDouble(i);
            if (left < 0) {
                return i;
            }
        }
        return size - 1;
    }

    void refused(SimQuery query, long now) {
        if (query.attempt < workload.conditions().retries()) {
            long then = now + (long) (BACKOFF_NANOS * (1 << query.attempt) * (0.5 + random.nextDouble()));
            if (then - Simulation.EPOCH < endNanos) {
                SimQuery again = query(then, query.sloClass(), query.tenantIndex, query.attempt + 1);
                retries.add(new Timed(then - Simulation.EPOCH, again));
            }
        }
    }

    void accepted(SimQuery query) {
        if (workload.conditions().cancel()) {
            patience.add(new Timed(query.deadlineNanos() - Simulation.EPOCH, query));
        }
    }

    /** When the next one gives up, of those who may still wait. */
    double nextCancel() {
        for (Timed next = patience.peek(); next != null && next.query.ended; next = patience.peek()) {
            patience.poll();
        }
        Timed next = patience.peek();
        return next == null ? Double.POSITIVE_INFINITY : next.at;
    }

    @Nullable SimQuery cancel() {
        Timed next = patience.poll();
        return next == null ? null : next.query;
    }
}
