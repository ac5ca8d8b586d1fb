package dev.sluice.router.metrics;

import dev.sluice.router.dispatch.RouterView.SchedulingView;
import dev.sluice.scheduling.Reason;
import dev.sluice.scheduling.SchedulerView;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** Counters of what the schedulers turned away, as of the last look at them; from zero again where a scheduler begins anew. Not thread-safe. */
final class TurnedAway {

    private final MeterRegistry meters;
    private final Map<Tags, Shown> shown = new HashMap<>();

    TurnedAway(MeterRegistry meters) {
        this.meters = meters;
    }

    private record Shown(AtomicLong count, Meter meter) {}

    /** Of actors that are not among these nothing is shown any more. */
    void show(Iterable<SchedulingView> actors) {
        Set<Tags> there = new HashSet<>();
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
                there.add(tags);
                shown.computeIfAbsent(tags, this::counter)
                        .count()
                        .set(learnt.turnedAway().getOrDefault(reason, 0L));
            }
        }
        shown.entrySet().removeIf(each -> {
            boolean gone = !there.contains(each.getKey());
            if (gone) {
                meters.remove(each.getValue().meter());
            }
            return gone;
        });
    }

    private Shown counter(Tags tags) {
        AtomicLong count = new AtomicLong();
        Meter meter = FunctionCounter.builder("sluice.schedule.turned.away", count, AtomicLong::get)
                .description("Queries turned away, by cause")
                .tags(tags)
                .register(meters);
        return new Shown(count, meter);
    }
}
