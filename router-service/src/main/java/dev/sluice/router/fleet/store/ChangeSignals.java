package dev.sluice.router.fleet.store;

import dev.sluice.common.concurrent.DrainLoop;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/**
 * Tells whoever listens that something may have changed. Who is slow hears of the last change only, but never of none. Thread-safe:
 * changes may become known on several threads at once.
 */
final class ChangeSignals {

    private final Sinks.Many<Long> sink = Sinks.unsafe().many().replay().latest();
    private volatile long last;

    private final DrainLoop telling = new DrainLoop(Runnable::run) {
        @Override
        protected void drain() {
            sink.tryEmitNext(last).orThrow();
        }
    };

    /** @param revision that the store has now */
    void changed(long revision) {
        last = revision;
        telling.wake();
    }

    /** The last one at once, so that nothing is missed between two looks. */
    Flux<Long> flux() {
        return sink.asFlux().onBackpressureLatest();
    }
}
