package dev.sluice.frontend.page;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;

/**
 * All who look share one look at a time, and nothing is looked up while nobody does. Who reads slowly misses moments, and holds none
 * back. Thread-safe.
 */
final class Watchers {

    /** The looking goes on for so long after the last has left: a page that is loaded again finds it under way. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final Semaphore places;
    private final Flux<Moment> moments;

    /**
     * @param look looks once
     * @param every how often, while somebody watches
     * @param most who may watch at once
     */
    Watchers(Supplier<Mono<Moment>> look, Duration every, int most) {
        places = new Semaphore(most);
        moments = Flux.interval(Duration.ZERO, every)
                .onBackpressureDrop()
                .concatMap(tick -> look.get(), 1)
                .replay(1)
                .refCount(1, GRACE);
    }

    /** The last moment at once if there is one, then each as it comes. Empty where all places are taken. */
    Mono<Flux<Moment>> watch() {
        return Mono.fromCallable(() -> places.tryAcquire() ? taken() : null);
    }

    /** Of the moments that come while this one is read, the last. */
    private Flux<Moment> taken() {
        return moments.onBackpressureLatest().doFinally(this::leave);
    }

    private void leave(SignalType how) {
        places.release();
    }
}
