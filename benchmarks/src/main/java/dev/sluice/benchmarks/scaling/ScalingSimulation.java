package dev.sluice.benchmarks.scaling;

import dev.sluice.scheduling.Batch;
import dev.sluice.scheduling.DeadlineScheduler;
import dev.sluice.scheduling.DeadlineSettings;
import dev.sluice.scheduling.Decision;
import dev.sluice.scheduling.Fleet;
import dev.sluice.scheduling.LatencyProfile;
import dev.sluice.scheduling.MethodPlan;
import dev.sluice.scheduling.QueueLimits;
import dev.sluice.scheduling.Queued;
import dev.sluice.scheduling.TrackedReplica;
import dev.sluice.scheduling.scaling.Observation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * One actor whose replicas come and go: arrivals, ends of batches, alarms, looks of whoever sizes the fleet, starts. The scheduler
 * is the production one. Virtual time, in seconds from the start.
 */
final class ScalingSimulation {

    static final double TICK_SECONDS = 0.25;
    static final double START_SECONDS = 2;

    private static final String METHOD = "call";

    /** So that the clock wraps on the way. */
    private static final long EPOCH = Long.MAX_VALUE - 30_000_000_000L;

    private final Scenario scenario;
    private final Sizing sizing;
    private final Fleet fleet = new Fleet();
    private final DeadlineScheduler scheduler;
    private final Load.Arrivals arrivals;
    private final double end;
    private final Outcome outcome;
    private final PriorityQueue<Member> running =
            new PriorityQueue<>(Comparator.comparingDouble(member -> member.endsAt));
    private final ArrayDeque<Member> starting = new ArrayDeque<>();
    private final List<Member> free = new ArrayList<>();
    private double nextArrival;
    private double alarm = Double.POSITIVE_INFINITY;
    private int ticks;
    private int wanted;

    private static final class Query extends Queued {
        Query(long deadline, long arrived) {
            super(METHOD, deadline, arrived, 0, 1);
        }
    }

    /** @param replicas that serve from the beginning */
    ScalingSimulation(Scenario scenario, Sizing sizing, int replicas, long seed) {
        this.scenario = scenario;
        this.sizing = sizing;
        this.end = scenario.load().seconds();
        this.outcome = new Outcome(end);
        this.wanted = replicas;
        this.scheduler = new DeadlineScheduler(
                List.of(new MethodPlan(METHOD, scenario.cost().maxBatchSize(), 0)),
                new QueueLimits(1_000_000, Long.MAX_VALUE),
                fleet,
                DeadlineSettings.DEFAULT);
        this.arrivals = scenario.load().arrivals(scenario.kind(), scenario.unitPerSecond(), new SplittableRandom(seed));
        this.nextArrival = arrivals.next();
        for (int i = 0; i < replicas; i++) {
            serve(new Member(0, 0), 0);
        }
    }

    Outcome run() {
        while (true) {
            double tick = ticks * TICK_SECONDS;
            double ready = starting.isEmpty() ? Double.POSITIVE_INFINITY : starting.getFirst().readyAt;
            double ends = running.isEmpty() ? Double.POSITIVE_INFINITY : running.element().endsAt;
            double at = Math.min(Math.min(nextArrival, ends), Math.min(alarm, Math.min(ready, tick)));
            if (at >= end && running.isEmpty() || at >= end + 60) {
                return finished();
            }
            if (at == ends) {
                ended(running.remove(), at);
            } else if (at == nextArrival) {
                arrive(at);
            } else if (at == ready) {
                serve(starting.removeFirst(), at);
            } else if (at == tick) {
                tick(at);
            }
            decide(at);
        }
    }

    private Outcome finished() {
        List<Member> all = new ArrayList<>(free);
        all.addAll(running);
        all.addAll(starting);
        all.forEach(member -> gone(member, end));
        return outcome;
    }

    private static long clock(double second) {
        return EPOCH + (long) (second * 1e9);
    }

    private void arrive(double at) {
        long now = clock(at);
        outcome.offered(at);
        scheduler.offer(new Query(now + (long) (scenario.sloSeconds() * 1e9), now), now);
        nextArrival = arrivals.next();
        if (wanted == 0) {
            size(at);
        }
    }

    private void tick(double at) {
        if (at < end) {
            size(at);
            outcome.wanted[ticks] = wanted;
            outcome.ready[ticks] = fleet.size();
        }
        ticks = at < end ? ticks + 1 : Integer.MAX_VALUE / 2;
    }

    private void size(double at) {
        long now = clock(at);
        Observation seen = new Observation(scheduler.loads(fleet.profile(), now), fleet.size(), starting.size());
        wanted = sizing.wanted(seen, at, now);
        int staying = free.size() + starting.size();
        for (Member member : running) {
            staying += member.leaving ? 0 : 1;
        }
        for (; staying < wanted; staying++) {
            starting.addLast(new Member(at, at + START_SECONDS));
        }
        for (; staying > wanted; staying--) {
            retire(at);
        }
    }

    /** Those that have not started first, then those that do nothing; else one leaves when its batch has ended. */
    private void retire(double at) {
        if (!starting.isEmpty()) {
            gone(starting.removeLast(), at);
        } else if (!free.isEmpty()) {
            leave(free.remove(free.size() - 1), at);
        } else {
            running.stream().filter(member -> !member.leaving).findAny().ifPresent(member -> member.leaving = true);
        }
    }

    /** It has measured a batch of each size while it started, as hosts do. */
    private void serve(Member member, double at) {
        TrackedReplica tracked = fleet.join(member, clock(at));
        member.tracked = tracked;
        for (int size : LatencyProfile.sizesToExplore(scenario.cost().maxBatchSize())) {
            long nanos = (long) scenario.cost().nanos(size);
            fleet.explored(tracked, METHOD, size, nanos, clock(at));
        }
        free.add(member);
    }

    private void leave(Member member, double at) {
        if (member.tracked != null) {
            fleet.leave(member.tracked);
        }
        gone(member, at);
    }

    private void gone(Member member, double at) {
        outcome.replicaSeconds += Math.max(0, Math.min(end, at) - member.begunAt);
    }

    private void decide(double at) {
        long now = clock(at);
        while (true) {
            Decision decision = scheduler.poll(now, free.size());
            if (decision instanceof Decision.Dispatch dispatch) {
                start(dispatch.batch(), at, now);
            } else if (!(decision instanceof Decision.Shed)) {
                alarm = decision instanceof Decision.WakeAt wake
                        ? at + Math.max(1, wake.nanos() - now) / 1e9
                        : Double.POSITIVE_INFINITY;
                return;
            }
        }
    }

    private void start(Batch batch, double at, long now) {
        TrackedReplica tracked = batch.replica();
        if (tracked == null) {
            throw new IllegalStateException("The scheduler named no replica");
        }
        Member member = (Member) tracked.id();
        free.remove(member);
        fleet.sent(tracked, batch.method(), batch.rows(), now);
        member.batch = batch;
        member.endsAt = at + scenario.cost().nanos(batch.size()) / 1e9;
        running.add(member);
    }

    private void ended(Member member, double at) {
        Batch batch = member.batch;
        TrackedReplica tracked = member.tracked;
        if (batch == null || tracked == null) {
            throw new IllegalStateException("A replica that ran nothing ended");
        }
        member.batch = null;
        long now = clock(at);
        fleet.ended(tracked, batch.method(), batch.rows(), now);
        for (int i = 0; i < batch.size(); i++) {
            Queued query = batch.get(i);
            if (now - query.deadlineNanos() <= 0) {
                outcome.good((query.arrivedNanos() - EPOCH) / 1e9);
            }
        }
        if (member.leaving) {
            leave(member, at);
        } else {
            free.add(member);
        }
    }
}
