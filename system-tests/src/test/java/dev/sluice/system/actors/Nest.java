package dev.sluice.system.actors;

import dev.sluice.sdk.Actor;
import dev.sluice.sdk.ActorClient;
import dev.sluice.sdk.Arg;
import dev.sluice.sdk.BatchedInput;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Asks another actor before it answers, so often as it is told to: how deep calls nest is what it answers. */
@Actor(
        value = "nest",
        slo = "80s",
        scheduler = "fifo",
        description = "asks the next so many times, answers how many calls that were")
public class Nest {

    private final ActorClient actors;
    private final String next;

    /** @param next actor of this type */
    public Nest(ActorClient actors, @Arg("next") String next) {
        this.actors = actors;
        this.next = next;
    }

    /** Keeps its replica from nothing. */
    public Mono<Integer> call(int deep) {
        return deep == 0
                ? Mono.just(0)
                : actors.call(next, deep - 1, Integer.class).map(below -> below + 1);
    }

    /** The same for a batch at once. */
    @BatchedInput(maxBatchSize = 8)
    public Mono<List<Integer>> together(int[] deep) {
        return Flux.fromStream(Arrays.stream(deep).boxed())
                .flatMapSequential(each -> each == 0
                        ? Mono.just(0)
                        : actors.call(next, "together", each - 1, Integer.class).map(below -> below + 1))
                .collectList();
    }

    /** Waits for the answer, and does nothing else meanwhile. */
    public int blocking(int deep) {
        return deep == 0
                ? 0
                : 1
                        + Objects.requireNonNull(actors.call(next, "blocking", deep - 1, Integer.class)
                                .block());
    }
}
