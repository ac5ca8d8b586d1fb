package dev.sluice.frontend.gateway;

import dev.sluice.common.concurrent.Absences;
import java.time.Duration;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;

/**
 * Looks once in a while for versions that are counted and have not been published for long: with every version that is rolled out there
 * would be more to show, until nobody can collect it.
 */
public final class GoneVersions implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(GoneVersions.class);
    private static final int LOOKS = 8;

    private final Routers routers;
    private final Tally counts;
    private final Absences<ActorVersion> absences;
    private final Absences<String> absentRouters;
    private final Duration every;
    private final Disposable.Swap looks = Disposables.swap();

    /**
     * @param routers say which actors there are
     * @param counts what is counted, and who forgets it
     * @param memory how long a version is remembered that is not published any more
     * @param clock monotonic, in nanoseconds
     */
    public GoneVersions(Routers routers, Tally counts, Duration memory, LongSupplier clock) {
        this.routers = routers;
        this.counts = counts;
        this.absences = new Absences<>(memory, clock);
        this.absentRouters = new Absences<>(memory, clock);
        this.every = memory.dividedBy(LOOKS);
    }

    public void start() {
        looks.update(Flux.interval(every).onBackpressureDrop().subscribe(tick -> lookSafely()));
    }

    private void lookSafely() {
        try {
            look();
        } catch (RuntimeException e) {
            // Thrown on, it would be the last look.
            log.error("A fault in this process while it looked for versions that are gone.", e);
        }
    }

    void look() {
        routers.forgetAway(absentRouters);
        for (ActorVersion gone : absences.look(counts.counted(), published()::contains)) {
            if (!published().contains(gone)) {
                counts.forget(gone);
            }
        }
    }

    private Set<ActorVersion> published() {
        return routers.actors().stream().map(ActorVersion::of).collect(Collectors.toSet());
    }

    @Override
    public void close() {
        looks.dispose();
    }
}
