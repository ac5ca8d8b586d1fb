package dev.sluice.router.metrics;

import dev.sluice.router.dispatch.RouterView.SchedulingView;
import dev.sluice.scheduling.Reason;
import dev.sluice.scheduling.SchedulerView;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Counters of what the schedulers turned away, as of the last look at them; from zero again where a scheduler begins anew. */
final class TurnedAway {

    private final MeterRegistry meters;
    private final Map<Tags, AtomicLong> counts = new ConcurrentHashMap<>();

    TurnedAway(MeterRegistry meters) {
        this.meters = meters;
    }

    void show(Iterable<SchedulingView> actors) {
        for (SchedulingView actor : actors) {
            SchedulerView learnt = LearntRows.learnt(actor);
            for (Reason reason : Reason.values()) {
                Tags tags = Tags.of(
                        "actor",
                        actor.actor(),
                        "version",
                        actor.version(),
                        "reason",
                        reason.name().toLowerCase(Locale.ROOT));
                counts.computeIfAbsent(tags, this::counter)
                        .set(learnt.turnedAway().getOrDefault(reason, 0L));
            }
        }
    }

    private AtomicLong counter(Tags tags) {
        AtomicLong count = new AtomicLong();
        FunctionCounter.builder("sluice.schedule.turned.away", count, AtomicLong::get)
                .description("Queries turned away, by cause")
                .tags(tags)
                .register(meters);
        return count;
    }
}
