package dev.sluice.router.metrics;

import dev.sluice.router.dispatch.RouterView.SchedulingView;
import dev.sluice.scheduling.Reason;
import dev.sluice.scheduling.SchedulerView;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Counters of what the schedulers turned away, as of the last look at them; from zero again where a scheduler begins anew. */
final class TurnedAway implements MeterBinder {

    private final Map<Tags, AtomicLong> counts = new ConcurrentHashMap<>();
    private @Nullable MeterRegistry meters;

    @Override
    public void bindTo(MeterRegistry registry) {
        meters = registry;
    }

    void show(Iterable<SchedulingView> actors) {
        MeterRegistry registry = meters;
        if (registry == null) {
            return;
        }
        for (SchedulingView actor : actors) {
            SchedulerView learnt = actor.learnt();
            for (Reason reason : Reason.values()) {
                Tags tags = Tags.of(
                        "actor",
                        actor.actor(),
                        "version",
                        actor.version(),
                        "reason",
                        reason.name().toLowerCase(Locale.ROOT));
                counts.computeIfAbsent(tags, absent -> counter(registry, absent))
                        .set(learnt == null ? 0 : learnt.turnedAway().getOrDefault(reason, 0L));
            }
        }
    }

    private static AtomicLong counter(MeterRegistry meters, Tags tags) {
        AtomicLong count = new AtomicLong();
        FunctionCounter.builder("sluice.schedule.turned.away", count, AtomicLong::get)
                .description("Queries turned away, by cause")
                .tags(tags)
                .register(meters);
        return count;
    }
}
