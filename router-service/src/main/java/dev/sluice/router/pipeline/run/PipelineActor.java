package dev.sluice.router.pipeline.run;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.tensor.TextModel;
import dev.sluice.router.dispatch.ActorCalls;
import dev.sluice.router.dispatch.ComposedQuery;
import dev.sluice.router.dispatch.Composition;
import dev.sluice.router.pipeline.plan.Pipeline;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** One version of one pipeline: its runs. Thread-safe. */
public final class PipelineActor implements Composition {

    /** In which what is known of the times of its actors hardly changes. */
    private static final long REFRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** How often a run goes on that seems hopeless: times that are never measured again would stay as they are. */
    private static final long PROBE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final ActorDescriptor descriptor;
    private final Pipeline pipeline;
    private final TextModel model;
    private final List<List<Integer>> followers;
    private final Map<String, Integer> places;
    private final ActorCalls calls;
    private final Executor threads;
    private final PipelineMetrics metrics;
    private final Set<Run> live = ConcurrentHashMap.newKeySet();
    private final AtomicLong turns = new AtomicLong();
    private final AtomicLong probedNanos;
    private volatile Ways ways;
    private volatile long reckonedNanos;

    /** @param threads run the expressions, which may take their time, and never one run twice at once */
    public PipelineActor(
            ActorDescriptor descriptor,
            Pipeline pipeline,
            ActorCalls calls,
            Executor threads,
            PipelineMetrics metrics) {
        this.descriptor = descriptor;
        this.pipeline = pipeline;
        this.model = new TextModel(descriptor.name(), descriptor.version(), PooledByteBufAllocator.DEFAULT);
        this.followers = pipeline.followers();
        this.places = pipeline.places();
        this.calls = calls;
        this.threads = threads;
        this.metrics = metrics;
        this.ways = Ways.of(pipeline, followers, StepTimes.UNKNOWN);
        this.reckonedNanos = calls.now() - REFRESH_NANOS;
        this.probedNanos = new AtomicLong(calls.now() - PROBE_NANOS);
    }

    @Override
    public ActorDescriptor descriptor() {
        return descriptor;
    }

    public Pipeline pipeline() {
        return pipeline;
    }

    /** As what it answers those who ask with tensors. */
    TextModel model() {
        return model;
    }

    @Override
    public Runnable begin(ComposedQuery query) {
        Run run = new Run(this, query);
        live.add(run);
        run.begin();
        return run::cancel;
    }

    /** As reckoned last: one that is asked by others must not ask on and on. */
    @Override
    public long typicalNanos() {
        return ways.longest().allNanos();
    }

    @Override
    public long leastNanos() {
        return ways.least().allNanos();
    }

    /** To be called often: stops the runs that can no longer make it. */
    public void tick() {
        long now = calls.now();
        for (Run run : live) {
            run.stopIfLate(now);
        }
    }

    /** How many runs are under way. */
    public int running() {
        return live.size();
    }

    /** It is gone for good: what was measured of it is not shown any more. */
    public void forget() {
        metrics.forget();
    }

    void ended(Run run) {
        live.remove(run);
    }

    Ways ways(long now) {
        if (now - reckonedNanos >= REFRESH_NANOS) {
            reckonedNanos = now;
            ways = Ways.of(pipeline, followers, StepTimes.of(calls));
        }
        return ways;
    }

    /** Whether a run that seems hopeless may find out. */
    boolean probes(long now) {
        long last = probedNanos.get();
        return now - last >= PROBE_NANOS && probedNanos.compareAndSet(last, now);
    }

    long turn() {
        return turns.getAndIncrement();
    }

    List<List<Integer>> followers() {
        return followers;
    }

    Map<String, Integer> places() {
        return places;
    }

    ActorCalls calls() {
        return calls;
    }

    Executor threads() {
        return threads;
    }

    PipelineMetrics metrics() {
        return metrics;
    }
}
