package dev.sluice.benchmarks.schedule;

import dev.sluice.scheduling.Batch;
import dev.sluice.scheduling.Decision;
import dev.sluice.scheduling.Fleet;
import dev.sluice.scheduling.Refusal;
import dev.sluice.scheduling.Scheduler;
import dev.sluice.scheduling.TrackedReplica;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** One actor, its replicas and its scheduler, from event to event: arrivals, ends of batches, alarms. Virtual time. */
final class Simulation {

    private static final long PAUSE_NANOS = 100_000_000;
    private static final long BACKOFF_NANOS = 50_000_000;

    /** The clock starts in an awkward place on purpose. */
    static final long EPOCH = Long.MAX_VALUE - 3_000_000_000L;

    private final Workload workload;
    private final SplittableRandom random;
    private final Fleet fleet = new Fleet();
    private final Scheduler scheduler;
    private final ArrivalProcess arrivals;
    private final double perNano;
    private final double warmUpNanos;
    private final double endNanos;
    private final Tally tally;
    private final PriorityQueue<SimReplica> running =
            new PriorityQueue<>(Comparator.<SimReplica>comparingLong(replica -> replica.endsAt - EPOCH));
    private final PriorityQueue<Retry> retries = new PriorityQueue<>(Comparator.comparingDouble(Retry::at));
    private final List<SimReplica> replicas = new ArrayList<>();
    private final ArrayDeque<SimReplica> free = new ArrayDeque<>();
    private double alarm = Double.POSITIVE_INFINITY;
    private double nextArrival;
    private boolean timed;

    private record Retry(double at, SimQuery query) {}

    Simulation(Workload workload, Policy policy, long seed, double warmUpNanos, double measuredNanos) {
        this.workload = workload;
        this.random = new SplittableRandom(seed);
        this.warmUpNanos = warmUpNanos;
        this.endNanos = warmUpNanos + measuredNanos;
        this.perNano = new FluidBound(workload).unitRate() * workload.load();
        this.arrivals = workload.kind().start(perNano, random.split());
        this.tally = new Tally(workload.classes().size(), workload.tenants().size());
        this.scheduler = policy.create(workload, fleet);
        for (int i = 0; i < workload.replicas(); i++) {
            TrackedReplica tracked = fleet.join(i, EPOCH);
            SimReplica replica =
                    new SimReplica(tracked, i < workload.conditions().slowReplicas() ? 3 : 1, nextPause());
            replicas.add(replica);
            free.add(replica);
        }
        warmUp();
        this.nextArrival = arrivals.next();
    }

    /** Batches of 1, 2, 4, ... on every replica, as a router runs them before it lets traffic in. */
    private void warmUp() {
        for (SimReplica replica : replicas) {
            long now = EPOCH - 3_600_000_000_000L;
            for (int size = 1; size <= workload.cost().maxBatchSize(); size *= 2) {
                fleet.sent(replica.tracked, SimQuery.METHOD, size, now);
                now += (long) batchNanos(size, replica);
                fleet.ended(replica.tracked, SimQuery.METHOD, size, now);
            }
        }
    }

    double perNano() {
        return perNano;
    }

    ArrivalProcess arrivals() {
        return arrivals;
    }

    Fleet fleet() {
        return fleet;
    }

    Tally tally() {
        return tally;
    }

    /** Times each look at the scheduler from now on. */
    Simulation timed() {
        timed = true;
        return this;
    }

    Tally run() {
        long before = OneCore.nanos();
        while (nextEvent() < Double.POSITIVE_INFINITY) {
            step();
        }
        tally.coreNanos = OneCore.nanos() - before;
        return tally;
    }

    /** When something happens next, in nanoseconds from the start; infinite when all is over. */
    double nextEvent() {
        SimReplica ending = running.peek();
        double ends = ending == null ? Double.POSITIVE_INFINITY : ending.endsAt - EPOCH;
        Retry retry = retries.peek();
        double retriesAt = retry == null ? Double.POSITIVE_INFINITY : retry.at;
        double at = Math.min(Math.min(nextArrival, ends), Math.min(alarm, retriesAt));
        return at >= endNanos && running.isEmpty() || at >= endNanos + 2e9 ? Double.POSITIVE_INFINITY : at;
    }

    /** Lets it happen. */
    void step() {
        double at = nextEvent();
        long now = EPOCH + (long) at;
        SimReplica ending = running.peek();
        Retry retry = retries.peek();
        SimQuery arriving = null;
        if (ending != null && at == ending.endsAt - EPOCH) {
            running.poll();
            ended(ending, now);
        } else if (at == nextArrival) {
            arriving = fresh(now);
            nextArrival = arrivals.next();
            if (nextArrival >= endNanos) {
                nextArrival = Double.POSITIVE_INFINITY;
            }
        } else if (retry != null && at == retry.at) {
            retries.poll();
            arriving = retry.query;
        }
        long before = timed ? System.nanoTime() : 0;
        if (arriving != null) {
            arrive(arriving, now);
        }
        decide(now);
        if (timed && at >= warmUpNanos) {
            tally.decisionNanos.recordValue(Math.min(1_000_000_000L, System.nanoTime() - before));
        }
        tally.queueSum += scheduler.size();
        tally.events++;
    }

    private SimQuery fresh(long now) {
        int sloClass = pick(
                random.nextDouble(),
                workload.classes().size(),
                i -> workload.classes().get(i).share());
        int tenant = workload.tenants().size() == 1
                ? 0
                : pick(
                        random.nextDouble(),
                        workload.tenants().size(),
                        i -> workload.tenants().get(i).share());
        SimQuery query = query(now, sloClass, tenant, 0);
        if (counts(query)) {
            tally.offered[sloClass]++;
            tally.offeredByTenant[tenant]++;
        }
        return query;
    }

    private SimQuery query(long now, int sloClass, int tenant, int attempt) {
        long slo = (long) workload.classes().get(sloClass).sloNanos();
        return new SimQuery(now, slo, sloClass, workload.tenants().get(tenant), tenant, attempt);
    }

    private static int pick(double random, int size, java.util.function.IntToDoubleFunction share) {
        double left = random;
        for (int i = 0; i < size - 1; i++) {
            left -= share.applyAsDouble(i);
            if (left < 0) {
                return i;
            }
        }
        return size - 1;
    }

    private boolean counts(SimQuery query) {
        double at = query.arrivedNanos() - EPOCH;
        return at >= warmUpNanos && at < endNanos;
    }

    private void arrive(SimQuery query, long now) {
        tally.decisions++;
        Refusal refusal = scheduler.offer(query, now);
        if (refusal != null) {
            refused(query, now, true);
        }
    }

    private void refused(SimQuery query, long now, boolean onArrival) {
        if (counts(query)) {
            failed(query);
            tally.refusalNanos.recordValue(Math.max(0, now - query.arrivedNanos()));
            if (onArrival) {
                tally.shedOnArrival++;
            } else {
                tally.shedLater++;
            }
        }
        if (query.attempt < workload.conditions().retries()) {
            long then = now + (long) (BACKOFF_NANOS * (1 << query.attempt) * (0.5 + random.nextDouble()));
            if (then - EPOCH < endNanos) {
                SimQuery again = query(then, query.sloClass(), query.tenantIndex, query.attempt + 1);
                retries.add(new Retry(then - EPOCH, again));
            }
        }
    }

    private void failed(SimQuery query) {
        tally.lastFailureNanos = Math.max(tally.lastFailureNanos, query.arrivedNanos() - EPOCH);
    }

    private void decide(long now) {
        while (true) {
            Decision decision = scheduler.poll(now, free.size());
            if (decision instanceof Decision.Dispatch dispatch) {
                start(dispatch.batch(), dispatch.batch().replica(), now);
            } else if (decision instanceof Decision.Shed shed) {
                refused((SimQuery) shed.query(), now, false);
            } else {
                alarm = decision instanceof Decision.WakeAt wake ? wake.nanos() - EPOCH : Double.POSITIVE_INFINITY;
                return;
            }
            tally.decisions++;
        }
    }

    private void start(Batch batch, @Nullable TrackedReplica chosen, long now) {
        SimReplica replica = chosen == null ? free.getFirst() : replicas.get((int) chosen.id());
        free.remove(replica);
        double nanos = batchNanos(batch.size(), replica);
        fleet.sent(replica.tracked, batch.method(), batch.size(), now);
        replica.batch = batch;
        replica.endsAt = now + (long) nanos;
        if (replica.pausesAt < replica.endsAt - EPOCH) {
            replica.endsAt += PAUSE_NANOS;
            replica.pausesAt = replica.endsAt - EPOCH + nextPause();
        }
        running.add(replica);
        if (now - EPOCH >= warmUpNanos && now - EPOCH < endNanos) {
            tally.batches++;
            tally.served += batch.size();
            tally.busyNanos += replica.endsAt - now;
        }
    }

    private double nextPause() {
        double every = workload.conditions().pauseEveryNanos();
        return Double.isInfinite(every) ? 1e18 : random.nextExponential() * every;
    }

    private double batchNanos(int size, SimReplica replica) {
        double sigma = workload.conditions().noise();
        double factor = sigma == 0 ? 1 : Math.max(0.2, 1 + sigma * random.nextGaussian());
        return workload.cost().nanos(size) * replica.slowdown * factor;
    }

    private void ended(SimReplica replica, long now) {
        Batch batch = replica.batch;
        replica.batch = null;
        if (batch == null) {
            throw new IllegalStateException("A replica that ran nothing ended");
        }
        fleet.ended(replica.tracked, batch.method(), batch.size(), now);
        free.add(replica);
        for (int i = 0; i < batch.size(); i++) {
            SimQuery query = (SimQuery) batch.get(i);
            if (!counts(query)) {
                continue;
            }
            if (now - query.deadlineNanos() <= 0) {
                tally.good[query.sloClass()]++;
                tally.goodByTenant[query.tenantIndex]++;
                int slice = (int) ((query.arrivedNanos() - EPOCH) / Tally.SLICE_NANOS);
                tally.goodBySlice[Math.min(slice, tally.goodBySlice.length - 1)]++;
            } else {
                tally.late++;
                failed(query);
            }
        }
    }
}
