package dev.sluice.frontend.page;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * All who look share one look at a time, and nothing is looked up while nobody does. Who reads slowly misses moments, and holds none
 * back. Thread-safe.
 */
final class Watchers {

    private static final Logger log = LoggerFactory.getLogger(Watchers.class);

    /** The looking goes on for so long after the last has left: a page that is loaded again finds it under way. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final Semaphore places;
    private final Flux<Moment> moments;
    private volatile boolean failing;

    /** As many watch as may. */
    static final class NoPlace extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NoPlace() {
            super("As many watch as may", null, false, false);
        }
    }

    /**
     * @param look looks once
     * @param every how often, while somebody watches
     * @param most who may watch at once
     */
    Watchers(Supplier<Mono<Moment>> look, Duration every, int most) {
        places = new Semaphore(most);
        moments = Flux.interval(Duration.ZERO, every)
                .onBackpressureDrop()
                .concatMap(
                        tick -> Mono.defer(look)
                                .doOnNext(moment -> failing = false)
                                // An error would be replayed to all who come later: the next look may do better.
                                .onErrorResume(this::failed),
                        1)
                .replay(1)
                .refCount(1, GRACE);
    }

    /** The last moment at once if there is one, then each as it comes. Fails with {@link NoPlace} where all places are taken. */
    Flux<Moment> watch() {
        // Of the moments that come while one is read, the last.
        return Flux.using(this::place, place -> moments.onBackpressureLatest(), Semaphore::release);
    }

    private Semaphore place() {
        if (!places.tryAcquire()) {
            throw new NoPlace();
        }
        return places;
    }

    /** Told once, and again after it went well: it is the same every second. */
    private Mono<Moment> failed(Throwable failure) {
        if (!failing) {
            failing = true;
            log.warn("The page at /ui stands still: what it shows could not be put together", failure);
        }
        return Mono.empty();
    }
}
