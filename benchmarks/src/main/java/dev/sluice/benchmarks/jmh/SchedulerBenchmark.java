package dev.sluice.benchmarks.jmh;

import dev.sluice.scheduling.Batch;
import dev.sluice.scheduling.DeadlineScheduler;
import dev.sluice.scheduling.DeadlineSettings;
import dev.sluice.scheduling.Decision;
import dev.sluice.scheduling.FifoScheduler;
import dev.sluice.scheduling.Fleet;
import dev.sluice.scheduling.MethodPlan;
import dev.sluice.scheduling.QueueLimits;
import dev.sluice.scheduling.Queued;
import dev.sluice.scheduling.Scheduler;
import dev.sluice.scheduling.TrackedReplica;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What the scheduling core costs per query, with a constant number of queries queued. The time is virtual and nothing
 * expires; batch times are known, so {@code deadline} judges each query. Of the garbage, most per query is the query
 * itself.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SchedulerBenchmark {

    public static final int BATCH_SIZE = 16;

    private static final List<MethodPlan> METHODS =
            List.of(new MethodPlan("call", BATCH_SIZE, 0), new MethodPlan("count", BATCH_SIZE, 0));
    private static final long TICK = 1_000;
    private static final int REPLICAS = 4;

    @Param({"fifo", "deadline"})
    public String kind = "fifo";

    @Param({"64", "10000", "100000"})
    public int depth = 64;

    private final SplittableRandom random = new SplittableRandom(1);
    private Scheduler scheduler = new FifoScheduler(METHODS, limits());
    private Queued[] waiting = new Queued[0];
    private Fleet fleet = new Fleet();
    private long now;
    private long horizon;

    @Setup(Level.Iteration)
    public void fill() {
        fleet = new Fleet();
        scheduler = kind.equals("fifo")
                ? new FifoScheduler(METHODS, limits())
                : new DeadlineScheduler(METHODS, limits(), fleet, DeadlineSettings.DEFAULT);
        for (int i = 0; i < REPLICAS; i++) {
            TrackedReplica replica = fleet.join(i, now);
            for (int size = 1; size <= BATCH_SIZE; size *= 2) {
                run(replica, size);
            }
        }
        // So far that what is queued is dispatched long before it expires, in either order.
        horizon = TICK * depth * 100;
        waiting = new Queued[depth];
        for (int i = 0; i < depth; i++) {
            waiting[i] = arrive();
        }
    }

    /** A batch's worth of arrivals, of which the last finds a free replica. Per query. */
    @Benchmark
    @OperationsPerInvocation(BATCH_SIZE)
    public Batch arriveAndDispatch() {
        for (int i = 0; i < BATCH_SIZE; i++) {
            arrive();
            scheduler.poll(now, 0);
        }
        Decision decision = scheduler.poll(now, 1);
        if (decision instanceof Decision.Dispatch dispatch) {
            Batch batch = dispatch.batch();
            TrackedReplica replica = batch.replica();
            if (replica != null) {
                run(replica, batch.size());
            }
            return batch;
        }
        throw new IllegalStateException("Nothing was dispatched but " + decision);
    }

    /** One caller goes away, whichever it is, and another comes, while all replicas are busy. */
    @Benchmark
    public Decision cancelAndArrive() {
        int any = random.nextInt(depth);
        if (!scheduler.remove(waiting[any])) {
            throw new IllegalStateException("A query has left by itself");
        }
        waiting[any] = arrive();
        return scheduler.poll(now, 0);
    }

    /** As if the replica had just done this batch. */
    private void run(TrackedReplica replica, int size) {
        fleet.sent(replica, "call", size, now - 500L * size - 5_000);
        fleet.ended(replica, "call", size, now);
    }

    private Queued arrive() {
        now += TICK;
        Query query = new Query(now + horizon + random.nextLong(horizon), now);
        if (scheduler.offer(query, now) != null) {
            throw new IllegalStateException("The queue is full");
        }
        return query;
    }

    private static QueueLimits limits() {
        return new QueueLimits(Integer.MAX_VALUE, Long.MAX_VALUE);
    }

    private static final class Query extends Queued {
        Query(long deadlineNanos, long arrivedNanos) {
            super("call", deadlineNanos, arrivedNanos, 0, 1_000);
        }
    }
}
