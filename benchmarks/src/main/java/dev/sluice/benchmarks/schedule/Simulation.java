package dev.sluice.benchmarks.schedule;

import dev.sluice.scheduling.Batch;
import dev.sluice.scheduling.Decision;
import dev.sluice.scheduling.Fleet;
import dev.sluice.scheduling.LatencyProfile;
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

    /** The clock starts in an awkward place on purpose. */
    static final long EPOCH = Long.MAX_VALUE - 3_000_000_000L;

    private final Workload workload;
    private final Fleet fleet = new Fleet();
    private final Scheduler scheduler;
    private final SimClients clients;
    private final double perNano;
    private final double warmUpNanos;
    private final double endNanos;
    private final Tally tally;
    private final PriorityQueue<SimReplica> running =
            new PriorityQueue<>(Comparator.comparingDouble(replica -> replica.endsAt));
    private final PriorityQueue<SimReplica> opening =
            new PriorityQueue<>(Comparator.comparingDouble(replica -> replica.opensAt));
    private final List<SimReplica> replicas = new ArrayList<>();
    private final ArrayDeque<SimReplica> free = new ArrayDeque<>();
    private double alarm = Double.POSITIVE_INFINITY;
    private boolean timed;

    Simulation(Workload workload, Policy policy, long seed, double warmUpNanos, double measuredNanos) {
        this.workload = workload;
        SplittableRandom random = new SplittableRandom(seed);
        this.warmUpNanos = warmUpNanos;
        this.endNanos = warmUpNanos + measuredNanos;
        this.perNano = new FluidBound(workload).unitRate() * workload.load();
        this.clients = new SimClients(workload, perNano, endNanos, random);
        this.tally = new Tally(workload.classes().size(), workload.tenants().size());
        this.scheduler = policy.create(workload, fleet);
        for (int i = 0; i < workload.replicas(); i++) {
            double slowdown = i < workload.conditions().slowReplicas() ? 3 : 1;
            replicas.add(new SimReplica(fleet.join(i, EPOCH), workload, slowdown, random));
        }
        free.addAll(replicas);
        if (workload.conditions().explored()) {
            replicas.forEach(this::explore);
        }
    }

    /** Batches of 1, 2, 4, ... on every replica, as a router runs them before it lets traffic in. */
    private void explore(SimReplica replica) {
        long now = EPOCH - 3_600_000_000_000L;
        for (int size : LatencyProfile.sizesToExplore(workload.cost().maxBatchSize())) {
            long nanos = (long) replica.batchNanos(size);
            now += nanos;
            fleet.explored(replica.tracked, SimQuery.METHOD, size, nanos, now);
        }
    }

    double perNano() {
        return perNano;
    }

    ArrivalProcess arrivals() {
        return clients.arrivals();
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
        double at = Math.min(Math.min(clients.nextArrival(), nextEnd()), Math.min(alarm, nextOpening()));
        at = Math.min(at, clients.nextCancel());
        return at >= endNanos && running.isEmpty() || at >= endNanos + 2e9 ? Double.POSITIVE_INFINITY : at;
    }

    private double nextEnd() {
        SimReplica ending = running.peek();
        return ending == null ? Double.POSITIVE_INFINITY : ending.endsAt;
    }

    private double nextOpening() {
        SimReplica next = opening.peek();
        return next == null ? Double.POSITIVE_INFINITY : next.opensAt;
    }

    /** Lets it happen. */
    void step() {
        double at = nextEvent();
        long now = EPOCH + (long) at;
        SimQuery arriving = null;
        if (at == nextEnd()) {
            ended(running.remove(), now);
        } else if (at == clients.nextArrival()) {
            arriving = clients.arrive();
            if (arriving.attempt == 0 && counts(arriving)) {
                tally.offered[arriving.sloClass()]++;
                tally.offeredByTenant[arriving.tenantIndex]++;
            }
        } else if (at == nextOpening()) {
            SimReplica replica = opening.remove();
            replica.opensAt = Double.POSITIVE_INFINITY;
            fleet.open(replica.tracked, now);
            free.addLast(replica);
        } else if (at == clients.nextCancel()) {
            cancelled(clients.cancel(), now);
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

    private boolean counts(SimQuery query) {
        double at = query.arrivedNanos() - EPOCH;
        return at >= warmUpNanos && at < endNanos;
    }

    private void arrive(SimQuery query, long now) {
        tally.decisions++;
        Refusal refusal = scheduler.offer(query, now);
        if (refusal == null) {
            clients.accepted(query);
        } else {
            refused(query, now, true);
        }
    }

    private void refused(SimQuery query, long now, boolean onArrival) {
        query.ended = true;
        if (counts(query)) {
            failed(query);
            tally.refusalNanos.recordValue(Math.max(0, now - query.arrivedNanos()));
            if (onArrival) {
                tally.shedOnArrival++;
            } else {
                tally.shedLater++;
            }
        }
        clients.refused(query, now);
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
        double at = now - EPOCH;
        boolean idle = replica.isIdle();
        fleet.sent(replica.tracked, batch.method(), batch.rows(), now);
        replica.send(batch, at);
        if (idle) {
            runs(replica, batch, now);
        }
        for (int i = 0; i < batch.size(); i++) {
            ((SimQuery) batch.get(i)).replica = replica;
        }
        if (at >= warmUpNanos && at < endNanos) {
            tally.batches++;
            tally.served += batch.size();
            tally.busyNanos += idle ? replica.endsAt - at : replica.stagedEndsAt - replica.endsAt;
        }
    }

    /** It has begun, so there will be room behind it one round trip before its end. */
    private void runs(SimReplica replica, Batch batch, long now) {
        running.add(replica);
        double trip = workload.conditions().roundTripNanos();
        double takes = fleet.profile().typicalNanos(batch.method(), batch.rows()) * replica.tracked.slowdown();
        if (trip > 0 && takes > 0) {
            replica.opensAt = now - EPOCH + Math.max(1, takes - trip);
            opening.add(replica);
        }
    }

    private void ended(SimReplica replica, long now) {
        Batch batch = over(replica);
        fleet.ended(replica.tracked, batch.method(), batch.rows(), now);
        goOn(replica, now);
        for (int i = 0; i < batch.size(); i++) {
            SimQuery query = (SimQuery) batch.get(i);
            if (query.ended || !counts(query)) {
                query.ended = true;
                continue;
            }
            query.ended = true;
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

    private Batch over(SimReplica replica) {
        Batch batch = replica.end();
        opening.remove(replica);
        replica.opensAt = Double.POSITIVE_INFINITY;
        free.remove(replica);
        return batch;
    }

    private void goOn(SimReplica replica, long now) {
        Batch next = replica.batch;
        if (next == null) {
            free.addLast(replica);
        } else {
            runs(replica, next, now);
        }
    }

    /** Its client has given up: what waits is taken out, and a batch that nobody waits for is interrupted. */
    private void cancelled(@Nullable SimQuery query, long now) {
        if (query == null) {
            return;
        }
        query.ended = true;
        if (counts(query)) {
            tally.late++;
            failed(query);
        }
        SimReplica replica = query.replica;
        if (scheduler.remove(query) || replica == null || replica.batch == null || !holds(replica.batch, query)) {
            return;
        }
        if (--replica.wanted == 0 && replica.staged == null) {
            running.remove(replica);
            tally.interrupted++;
            Batch batch = over(replica);
            fleet.cutShort(replica.tracked, batch.method(), batch.rows(), now);
            goOn(replica, now);
        }
    }

    private static boolean holds(Batch batch, SimQuery query) {
        for (int i = 0; i < batch.size(); i++) {
            if (batch.get(i) == query) {
                return true;
            }
        }
        return false;
    }
}
