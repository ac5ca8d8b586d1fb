package dev.sluice.router.metrics;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.metrics.Retry;
import dev.sluice.common.metrics.TaggedMeters;
import dev.sluice.router.dispatch.DispatchMetrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The meters of one actor in a router. Its methods are those that hosts announced, so the tags stay few. */
public final class MicrometerDispatchMetrics implements DispatchMetrics {

    private record Comparison(String method, Compared how) {}

    private final Map<String, MethodMeters> byMethod = new ConcurrentHashMap<>();
    private final Map<Comparison, Counter> comparisons = new ConcurrentHashMap<>();
    private volatile boolean forgotten;
    private final MeterRegistry meters;
    private final Tags tags;

    public MicrometerDispatchMetrics(MeterRegistry meters, ActorDescriptor actor) {
        this.meters = meters;
        this.tags = Tags.of("actor", actor.name(), "version", actor.version(), "tier", "router");
        actor.methods().forEach(method -> of(method.name()));
    }

    private MethodMeters of(String method) {
        MethodMeters known = byMethod.get(method);
        return known != null
                ? known
                : byMethod.computeIfAbsent(method, name -> new MethodMeters(meters, tags.and("method", name)));
    }

    @Override
    public void ended(String method, @Nullable ErrorCode code, long durationNanos) {
        of(method).ended(code, durationNanos);
    }

    @Override
    public void waited(String method, long nanos) {
        of(method).waited(nanos);
    }

    @Override
    public void batchSent(String method, int size) {
        of(method).batchSent(size);
    }

    @Override
    public void batchHedged(String method) {
        of(method).batchHedged();
    }

    @Override
    public void retried(String method, Retry how) {
        of(method).retried(how);
    }

    @Override
    public void compared(String method, Compared how) {
        // Registered with the first of its kind: most actors have no copies, and their series would say nothing.
        if (!forgotten) {
            comparisons
                    .computeIfAbsent(new Comparison(method, how), this::counter)
                    .increment();
        }
    }

    private Counter counter(Comparison of) {
        return Counter.builder("sluice.shadow.compared")
                .description("Copies of queries that another version answered, by how its answer compares")
                .tags(tags.and("method", of.method(), "result", of.how().name().toLowerCase(Locale.ROOT)))
                .register(meters);
    }

    /** Of what the schedulers show of it, whoever shows that sees that it is gone. */
    @Override
    public void forget() {
        forgotten = true;
        TaggedMeters.remove(meters, tags);
    }

    @Override
    public void batchDone(String method, long runNanos, long predictedNanos, long wayNanos) {
        of(method).batchDone(runNanos, predictedNanos, wayNanos);
    }
}
