package dev.sluice.examples.basic;

import dev.sluice.sdk.Actor;
import java.time.Duration;
import reactor.core.publisher.Flux;

/** Streams: one query, many results, each sent on when it is there. */
@Actor(value = "ticks", description = "streams 1..n (at most 1000); paced: {\"n\": 5, \"everyMillis\": 200}")
public class Ticks {

    private static final int MOST = 1_000;

    public Flux<Integer> call(int n) {
        if (n < 0 || n > MOST) {
            throw new IllegalArgumentException("ticks streams 0 to " + MOST + " numbers, not " + n);
        }
        return Flux.range(1, n);
    }

    public Flux<Integer> paced(Pace pace) {
        if (pace.everyMillis() < 0) {
            throw new IllegalArgumentException("everyMillis is 0 or more, not " + pace.everyMillis());
        }
        Flux<Integer> ticks = call(pace.n());
        return pace.everyMillis() == 0 ? ticks : ticks.delayElements(Duration.ofMillis(pace.everyMillis()));
    }

    /** How many ticks, and the milliseconds before each. */
    public record Pace(int n, long everyMillis) {}
}
