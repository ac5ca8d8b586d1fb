package dev.sluice.frontend.access.key;

import java.time.Duration;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** Looks at a file of keys once in a while. */
public final class KeysWatch implements AutoCloseable {

    private final Disposable looks;

    private KeysWatch(Disposable looks) {
        this.looks = looks;
    }

    /** Where there is no file. */
    public static KeysWatch none() {
        return new KeysWatch(Disposables.disposed());
    }

    /** @param file that was loaded */
    public static KeysWatch of(KeysFile file, Duration every) {
        return new KeysWatch(Flux.interval(every, Schedulers.boundedElastic())
                .onBackpressureDrop()
                .subscribe(count -> file.look()));
    }

    @Override
    public void close() {
        looks.dispose();
    }
}
