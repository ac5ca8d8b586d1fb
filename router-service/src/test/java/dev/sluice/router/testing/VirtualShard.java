package dev.sluice.router.testing;

import dev.sluice.router.batching.Shard;
import java.util.ArrayDeque;
import java.util.Queue;

/** A shard that is driven by hand. */
public final class VirtualShard implements Shard {

    private final VirtualTime time;
    private final Queue<Runnable> tasks = new ArrayDeque<>();

    VirtualShard(VirtualTime time) {
        this.time = time;
    }

    @Override
    public long now() {
        return time.now();
    }

    @Override
    public void schedule(long delayNanos, Runnable task) {
        time.schedule(delayNanos, this, task);
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    /** Whether nobody asks it for anything. */
    public boolean isQuiet() {
        return tasks.isEmpty();
    }

    boolean runOne() {
        Runnable task = tasks.poll();
        if (task != null) {
            task.run();
        }
        return task != null;
    }

    boolean runAll() {
        boolean ran = false;
        while (runOne()) {
            ran = true;
        }
        return ran;
    }
}
