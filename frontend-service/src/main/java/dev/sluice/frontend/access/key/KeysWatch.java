package dev.sluice.frontend.access.key;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** Looks at a file of keys once in a while. */
public final class KeysWatch implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(KeysWatch.class);

    private final Disposable looks;

    private KeysWatch(Disposable looks) {
        this.looks = looks;
    }

    /** Where there is no file. */
    public static KeysWatch none() {
        return new KeysWatch(Disposables.disposed());
    }

    /** @param look what looks at it */
    public static KeysWatch of(Runnable look, Duration every) {
        return new KeysWatch(Flux.interval(every, Schedulers.boundedElastic())
                .onBackpressureDrop()
                .subscribe(count -> look(look)));
    }

    /** Whatever goes wrong, also for want of memory: one look that failed must not be the last, or no key could be taken back. */
    private static void look(Runnable look) {
        try {
            look.run();
        } catch (RuntimeException | Error e) {
            log.error("The keys could not be looked at, and will be again", e);
        }
    }

    @Override
    public void close() {
        looks.dispose();
    }
}
