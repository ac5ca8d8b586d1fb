package dev.sluice.sdk.host;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.actor.MethodDescriptor;
import dev.sluice.common.membership.Announcement.Explored;
import dev.sluice.sdk.actor.ActorInstance;
import dev.sluice.sdk.actor.Example;
import dev.sluice.sdk.actor.Input;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import reactor.core.Disposable;

/** Runs a new replica with its actor's examples, in batches of 1, 2, 4, ..., and measures how long they take. */
final class Exploration {

    /**
     * Once to be warm, then so often, of which the quickest is for the record: all else starts at the same time, and what
     * disturbed the others is not the actor's. How far its times spread, its traffic will tell.
     */
    private static final int MEASURED = 2;

    /** Larger batches of a method are left to its traffic once its smaller ones have taken so long. */
    private static final long LONG_ENOUGH_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final ActorInstance instance;
    private final long patienceNanos;
    private final List<Explored> explored = new ArrayList<>();

    private Exploration(ActorInstance instance, long patienceNanos) {
        this.instance = instance;
        this.patienceNanos = patienceNanos;
    }

    /**
     * On the replica's thread, before it serves.
     *
     * @param patienceNanos after what time a batch is taken for stuck
     * @throws IllegalStateException where an example fails, with a sentence
     */
    static List<Explored> of(ActorInstance instance, ActorDescriptor actor, List<Example> examples, long patienceNanos)
            throws InterruptedException {
        Exploration exploration = new Exploration(instance, patienceNanos);
        for (Example example : examples) {
            MethodDescriptor method = actor.method(example.method())
                    .orElseThrow(() -> new IllegalStateException("There is an example for the method '"
                            + example.method() + "', which the actor does not have."));
            exploration.explore(example, method.maxBatchSize());
        }
        return exploration.explored;
    }

    private void explore(Example example, int largest) throws InterruptedException {
        long start = System.nanoTime();
        int size = 1;
        while (true) {
            run(example, size);
            long least = Long.MAX_VALUE;
            for (int i = 0; i < MEASURED; i++) {
                least = Math.min(least, run(example, size));
            }
            explored.add(new Explored(example.method(), size, least));
            if (size == largest || System.nanoTime() - start >= LONG_ENOUGH_NANOS) {
                return;
            }
            size = Math.min(largest, 2 * size);
        }
    }

    private long run(Example example, int size) throws InterruptedException {
        List<Input> inputs = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            inputs.add(example.input());
        }
        ExplorationSink sink = new ExplorationSink(example.method(), size);
        long start = System.nanoTime();
        Disposable running = instance.run(example.method(), inputs, sink);
        try {
            sink.await(patienceNanos);
        } finally {
            running.dispose();
        }
        return System.nanoTime() - start;
    }
}
