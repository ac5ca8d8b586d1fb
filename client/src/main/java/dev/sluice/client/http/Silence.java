package dev.sluice.client.http;

import dev.sluice.client.error.ErrorCode;
import dev.sluice.client.error.SluiceException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Ends a stream on which nothing comes, not even a heartbeat: whoever was at its other end is gone without a word. Only while somebody
 * asks for more: a slow reader hears nothing either.
 */
final class Silence {

    private static final int LOOKS = 4;

    private final Scheduler clock = Schedulers.parallel();
    private final Duration most;
    private final AtomicReference<@Nullable Long> askedAt = new AtomicReference<>();

    Silence(Duration most) {
        this.most = most;
    }

    /** Of one stream, whose chunks are asked for one by one. */
    <T> Flux<T> limit(Flux<T> chunks) {
        return chunks.doOnRequest(one -> askedAt.set(clock.now(TimeUnit.NANOSECONDS)))
                .doOnNext(chunk -> askedAt.set(null))
                .takeUntilOther(Flux.interval(most.dividedBy(LOOKS), clock)
                        .filter(look -> isTooLong())
                        .next()
                        .then(Mono.error(() -> new SluiceException(
                                ErrorCode.LOST,
                                "Nothing came for " + most
                                        + ", not even a heartbeat of the frontend; it is given up."))));
    }

    private boolean isTooLong() {
        Long since = askedAt.get();
        return since != null && clock.now(TimeUnit.NANOSECONDS) - since >= most.toNanos();
    }
}
