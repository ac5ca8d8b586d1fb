package dev.sluice.router.fleet.store;

import java.time.Duration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/** Tells whoever listens that something may have changed. Who is slow hears of the last change only, but never of none. */
final class ChangeSignals {

    private static final Sinks.EmitFailureHandler WAIT_FOR_OTHERS =
            Sinks.EmitFailureHandler.busyLooping(Duration.ofSeconds(10));

    private final Sinks.Many<Long> sink = Sinks.many().replay().latest();

    /** @param revision that the store has now */
    void changed(long revision) {
        sink.emitNext(revision, WAIT_FOR_OTHERS);
    }

    /** The last one at once, so that nothing is missed between two looks. */
    Flux<Long> flux() {
        return sink.asFlux().onBackpressureLatest();
    }
}
