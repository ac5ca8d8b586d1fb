package dev.sluice.scheduling;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/** A deadline scheduler with replicas whose batch times a test sets, under virtual time in milliseconds. */
final class Rig {

    /** What a batch takes. */
    interface Cost {
        double millis(int size, int replica, double nowMillis);
    }

    private static final long MILLI = 1_000_000;

    /** Somewhere near the end of the clock, so that it wraps in every test. */
    private static final long EPOCH = Long.MAX_VALUE - 500 * MILLI;

    final Fleet fleet = new Fleet();
    final DeadlineScheduler scheduler;
    final List<TrackedReplica> replicas = new ArrayList<>();
    final Map<Integer, Integer> batchesByReplica = new HashMap<>();
    final List<Batch> batches = new ArrayList<>();
    final List<Ask> good = new ArrayList<>();
    final List<Ask> late = new ArrayList<>();
    final List<Ask> refused = new ArrayList<>();
    final List<Ask> shed = new ArrayList<>();
    private final PriorityQueue<Running> running = new PriorityQueue<>(Comparator.comparingDouble(Running::endsAt));
    private final Cost cost;
    private int failingReplica = -1;
    private double now;
    private double alarm = Double.POSITIVE_INFINITY;

    private final long epoch;

    private record Running(double endsAt, int replica, Batch batch, boolean fails) {}

    /** A query of a test. */
    static final class Ask extends Queued {
        private final String tenant;

        Ask(long deadline, long arrived, String tenant, int priority) {
            super("call", deadline, arrived, priority, 1);
            this.tenant = tenant;
        }

        @Override
        public String tenant() {
            return tenant;
        }
    }

    Rig(int replicaCount, int maxBatchSize, Cost cost) {
        this(replicaCount, maxBatchSize, cost, DeadlineSettings.DEFAULT);
    }

    Rig(int replicaCount, int maxBatchSize, Cost cost, DeadlineSettings settings) {
        this(replicaCount, maxBatchSize, cost, settings, EPOCH);
    }

    /** @param epoch what the clock says when the test begins */
    Rig(int replicaCount, int maxBatchSize, Cost cost, DeadlineSettings settings, long epoch) {
        this.cost = cost;
        this.epoch = epoch;
        scheduler = new DeadlineScheduler(
                List.of(new MethodPlan("call", maxBatchSize, 0)), SchedulerContract.AMPLE, fleet, settings);
        for (int i = 0; i < replicaCount; i++) {
            replicas.add(fleet.join(i, clock(0)));
        }
    }

    /** A batch takes α per query and β, on every replica. */
    static Cost linear(double alpha, double beta) {
        return (size, replica, at) -> alpha * size + beta;
    }

    static long nanos(double millis) {
        return EPOCH + (long) (millis * MILLI);
    }

    private long clock(double millis) {
        return epoch + (long) (millis * MILLI);
    }

    double now() {
        return now;
    }

    SchedulerView view() {
        return scheduler.view(clock(now));
    }

    /** Runs batches of 1, 2, 4, ... on every replica, before the traffic. */
    Rig warm(int largest) {
        for (int i = 0; i < replicas.size(); i++) {
            double at = -1e6;
            for (int size = 1; size <= largest; size *= 2) {
                fleet.sent(replicas.get(i), "call", size, clock(at));
                at += cost.millis(size, i, at);
                fleet.ended(replicas.get(i), "call", size, clock(at));
            }
        }
        return this;
    }

    /** From now on whole batches fail on this replica, at once. */
    void failFast(int replica) {
        failingReplica = replica;
    }

    Ask ask(double slo) {
        return ask(slo, "", 0);
    }

    Ask ask(double slo, String tenant, int priority) {
        Ask ask = new Ask(clock(now + slo), clock(now), tenant, priority);
        if (scheduler.offer(ask, clock(now)) != null) {
            refused.add(ask);
        }
        decide();
        return ask;
    }

    boolean refused(Ask ask) {
        return !refused.isEmpty() && refused.get(refused.size() - 1) == ask;
    }

    /** Asks so many times with the same gap in between. */
    void askEvery(double gap, int times, double slo) {
        for (int i = 0; i < times; i++) {
            ask(slo);
            advance(gap);
        }
    }

    void advance(double millis) {
        double until = now + millis;
        while (true) {
            double ends = running.isEmpty() ? Double.POSITIVE_INFINITY : running.peek().endsAt;
            if (Math.min(ends, alarm) > until) {
                break;
            }
            now = Math.max(now, Math.min(ends, alarm));
            if (ends <= now) {
                end(running.remove());
            }
            decide();
        }
        now = until;
        decide();
    }

    private void end(Running ended) {
        TrackedReplica replica = replicas.get(ended.replica);
        if (ended.fails) {
            fleet.failed(replica, clock(now));
            return;
        }
        fleet.ended(replica, "call", ended.batch.size(), clock(now));
        for (int i = 0; i < ended.batch.size(); i++) {
            Ask ask = (Ask) ended.batch.get(i);
            (clock(now) - ask.deadlineNanos() <= 0 ? good : late).add(ask);
        }
    }

    private void decide() {
        while (true) {
            Decision decision = scheduler.poll(clock(now), replicas.size() - running.size());
            if (decision instanceof Decision.Dispatch dispatch) {
                start(dispatch);
            } else if (decision instanceof Decision.Shed gone) {
                shed.add((Ask) gone.query());
            } else {
                alarm = decision instanceof Decision.WakeAt wake
                        ? (wake.nanos() - epoch) / (double) MILLI + 1e-6
                        : Double.POSITIVE_INFINITY;
                return;
            }
        }
    }

    private void start(Decision.Dispatch dispatch) {
        TrackedReplica replica = dispatch.batch().replica();
        if (replica == null) {
            throw new IllegalStateException("The scheduler named no replica");
        }
        int index = (int) replica.id();
        Batch batch = dispatch.batch();
        batches.add(batch);
        batchesByReplica.merge(index, 1, Integer::sum);
        fleet.sent(replica, "call", batch.size(), clock(now));
        boolean fails = index == failingReplica;
        double takes = fails ? 0.1 : cost.millis(batch.size(), index, now);
        running.add(new Running(now + takes, index, batch, fails));
    }

    /** How many of what was asked since the lists were last emptied was answered in time, in parts of one. */
    double attainment() {
        double all = good.size() + late.size() + refused.size() + shed.size();
        return good.size() / all;
    }

    void forget() {
        batches.clear();
        batchesByReplica.clear();
        good.clear();
        late.clear();
        refused.clear();
        shed.clear();
    }
}
