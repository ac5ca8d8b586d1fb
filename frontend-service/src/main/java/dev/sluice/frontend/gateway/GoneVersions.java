package dev.sluice.frontend.gateway;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.concurrent.Absences;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;

/**
 * Looks once in a while for versions that are counted and have not been published for long: with every version that is rolled out there
 * would be more to show, until nobody can collect it.
 */
public final class GoneVersions implements AutoCloseable {

    private static final int LOOKS = 8;

    private final Supplier<? extends Collection<ActorDescriptor>> published;
    private final Tally counts;
    private final Absences<ActorVersion> absences;
    private final Duration every;
    private final Disposable.Swap looks = Disposables.swap();

    /**
     * @param published all actors that there are now
     * @param counts what is counted, and who forgets it
     * @param memory how long a version is remembered that is not published any more
     * @param clock monotonic, in nanoseconds
     */
    public GoneVersions(
            Supplier<? extends Collection<ActorDescriptor>> published,
            Tally counts,
            Duration memory,
            LongSupplier clock) {
        this.published = published;
        this.counts = counts;
        this.absences = new Absences<>(memory, clock);
        this.every = memory.dividedBy(LOOKS);
    }

    public void start() {
        looks.update(Flux.interval(every).onBackpressureDrop().subscribe(tick -> look()));
    }

    void look() {
        Set<ActorVersion> there = published.get().stream().map(ActorVersion::of).collect(Collectors.toSet());
        absences.look(counts.counted(), there::contains).forEach(counts::forget);
    }

    @Override
    public void close() {
        looks.dispose();
    }
}
