package dev.sluice.router.metrics;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.error.ErrorCode;
import dev.sluice.router.pipeline.run.PipelineMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The meters of one pipeline's steps: {@code sluice.pipeline.step.duration}, by step and outcome. */
public final class MicrometerPipelineMetrics implements PipelineMetrics {

    private static final String SKIPPED = "skipped";

    private record Key(String step, String outcome) {}

    private final MeterRegistry meters;
    private final Tags tags;
    private final Map<Key, Timer> timers = new ConcurrentHashMap<>();

    public MicrometerPipelineMetrics(MeterRegistry meters, ActorDescriptor pipeline) {
        this.meters = meters;
        this.tags = Tags.of("actor", pipeline.name(), "version", pipeline.version());
    }

    @Override
    public void stepEnded(String step, @Nullable ErrorCode code, long durationNanos) {
        String outcome = (code == null ? ErrorCode.Outcome.ANSWERED : code.outcome())
                .name()
                .toLowerCase(Locale.ROOT);
        timer(step, outcome).record(durationNanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void stepSkipped(String step) {
        timer(step, SKIPPED).record(0, TimeUnit.NANOSECONDS);
    }

    @Override
    public void forget() {
        timers.values().forEach(meters::remove);
        timers.clear();
    }

    private Timer timer(String step, String outcome) {
        return timers.computeIfAbsent(
                new Key(step, outcome),
                key -> Timer.builder("sluice.pipeline.step.duration")
                        .description("How long steps of pipelines take, with their time in queues.")
                        .tags(tags.and("step", key.step(), "outcome", key.outcome()))
                        .register(meters));
    }
}
