package dev.sluice.sdk;

import reactor.core.publisher.Mono;

/**
 * Calls other actors. An actor gets one as a parameter of its constructor.
 *
 * <p>A call goes through the called actor's queue, as those of the outside world do. It is made on behalf of the query that the actor
 * works on: within what is left of that query's time, for its tenant, with its priority, as part of its trace; and it is cancelled when that query's caller
 * leaves. Which query that is, is known within the actor's method and in what it returns as {@code Mono}; elsewhere a call has
 * {@link #USUAL_SECONDS} and no tenant. A batched method's calls have as long as the query of the batch that has longest.
 *
 * <p>Nothing is sent before the {@code Mono} is subscribed, and each subscription is a call of its own. It ends with a
 * {@link CallException} where the call has no result.
 *
 * <p>A method that returns the {@code Mono}, or a future of it, lends its replica until that has come: other batches begin meanwhile, so
 * fields of the actor may be used by what follows a call while its methods are called. One that waits in the method itself ({@code block})
 * keeps its replica, and a call that would come back to it is refused. So is one that is made within a method that returns a future: it
 * has begun already, and nobody can tell yet whether the method will wait for it.
 */
public interface ActorClient {

    /** What a call may take that is made on nobody's behalf. */
    long USUAL_SECONDS = 30;

    /**
     * Calls the method {@code call}.
     *
     * @param input written as JSON; a {@link Content} as it is
     * @param result type that the result is read as, from JSON; {@link Content} for the bytes as they are
     * @return empty where the result is null
     */
    default <R> Mono<R> call(String actor, Object input, Class<R> result) {
        return call(actor, "call", input, result);
    }

    /** As {@link #call(String, Object, Class)}, of a method by its name. */
    <R> Mono<R> call(String actor, String method, Object input, Class<R> result);
}
