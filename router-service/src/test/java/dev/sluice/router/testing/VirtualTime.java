package dev.sluice.router.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * A clock and timers for some shards: nothing happens unless the test says so. The clock starts so that it passes
 * {@link Long#MAX_VALUE} within the first ten seconds, as a monotonic clock may.
 */
public final class VirtualTime {

    private record Timer(long at, long number, VirtualShard shard, Runnable task) {}

    private final List<VirtualShard> shards = new ArrayList<>();
    private final PriorityQueue<Timer> timers = new PriorityQueue<>((one, other) -> {
        int difference = Long.signum(one.at() - other.at());
        return difference != 0 ? difference : Long.compare(one.number(), other.number());
    });
    private long now = Long.MAX_VALUE - Duration.ofSeconds(10).toNanos();
    private long timersSet;

    public VirtualShard newShard() {
        VirtualShard shard = new VirtualShard(this);
        shards.add(shard);
        return shard;
    }

    public long now() {
        return now;
    }

    void schedule(long delayNanos, VirtualShard shard, Runnable task) {
        timers.add(new Timer(now + Math.max(0, delayNanos), timersSet++, shard, task));
    }

    /** Timers that have not fired. */
    public int pendingTimers() {
        return timers.size();
    }

    /** Runs all tasks of all shards until there are none. */
    public void run() {
        boolean ran = true;
        while (ran) {
            ran = false;
            for (VirtualShard shard : shards) {
                ran |= shard.runAll();
            }
        }
    }

    /** Lets so much time pass, and everything happen in it that is due. */
    public void advance(Duration duration) {
        run();
        long until = now + duration.toNanos();
        for (Timer next = timers.peek(); next != null && next.at() - until <= 0; next = timers.peek()) {
            now = next.at();
            fireDue();
            run();
        }
        now = until;
        run();
    }

    /** Lets so much time pass; what is due is left to {@link #runOne}. */
    public void pass(long nanos) {
        now += nanos;
        fireDue();
    }

    private void fireDue() {
        for (Timer next = timers.peek(); next != null && next.at() - now <= 0; next = timers.peek()) {
            timers.remove();
            next.shard().execute(next.task());
        }
    }

    /** Runs one task of one shard, at random; false where there is none. */
    public boolean runOne(Random random) {
        int start = random.nextInt(shards.size());
        for (int i = 0; i < shards.size(); i++) {
            if (shards.get((start + i) % shards.size()).runOne()) {
                return true;
            }
        }
        return false;
    }
}
