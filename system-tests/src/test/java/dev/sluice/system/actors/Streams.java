package dev.sluice.system.actors;

import dev.sluice.sdk.Actor;
import dev.sluice.sdk.Content;
import java.time.Duration;
import reactor.core.publisher.Flux;

/** Streams without an end. What becomes of them is in {@link StreamLog}, in the same process. */
@Actor(value = "streams", description = "streams that end when their caller leaves")
public class Streams {

    /** The numbers up to n, then silence. */
    public Flux<Integer> idle(int n) {
        return watched(Flux.concat(Flux.range(1, n), Flux.never()));
    }

    /** A number every so many milliseconds. */
    public Flux<Long> ticking(long millis) {
        return watched(Flux.interval(Duration.ofMillis(millis)));
    }

    /** Texts of so many bytes, as fast as they are asked for. */
    public Flux<Content> flood(int bytes) {
        return watched(Flux.generate(sink -> sink.next(Content.text("x".repeat(bytes)))));
    }

    private static <T> Flux<T> watched(Flux<T> stream) {
        return stream.doOnSubscribe(subscription -> StreamLog.STARTED.incrementAndGet())
                .doOnNext(item -> StreamLog.PRODUCED.incrementAndGet())
                .doOnCancel(StreamLog.CANCELLED::incrementAndGet);
    }
}
