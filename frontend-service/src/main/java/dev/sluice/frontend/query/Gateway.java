package dev.sluice.frontend.query;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.concurrent.RetainedBytes;
import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.Failure;
import java.util.List;
import java.util.Optional;
import reactor.core.publisher.Flux;

/** What protocol adapters know of the platform behind this frontend. */
public interface Gateway {

    /** What a query ends with for which {@link #retained} has no room. */
    Failure FULL = new Failure(
            ErrorCode.OVERLOADED,
            "This frontend holds as many bytes of queries as it may (sluice.frontend.max-retained); send less.",
            1_000);

    /**
     * Sends a query. The flux gives one answer, several for a streaming method, or fails with a {@link
     * dev.sluice.common.error.QueryException}; nothing else. Cancelling it cancels the query in every tier. Subscribe once.
     */
    Flux<Answer> call(QueryCall call);

    /**
     * Ends a query instead of sending it, as one that this gateway itself refuses: releases what it holds, and accounts for it by the
     * failure's code.
     */
    Flux<Answer> refuse(QueryCall call, Failure why);

    /** False until a router has sent a complete catalogue: every call is {@code UNAVAILABLE} until then. */
    boolean ready();

    /** All published actors, by name. */
    List<ActorDescriptor> actors();

    Optional<ActorDescriptor> actor(String name);

    /** The most bytes that an input may have; over it the adapter answers {@code TOO_LARGE} without reading on. */
    long maxPayloadBytes();

    /**
     * What all queries in this frontend hold together. An adapter counts a body here from its first byte on. With the call
     * the gateway takes over what was counted, so that at no moment nobody counts it and no other takes its place.
     */
    RetainedBytes retained();
}
