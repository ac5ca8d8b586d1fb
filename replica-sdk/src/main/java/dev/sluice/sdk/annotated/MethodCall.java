package dev.sluice.sdk.annotated;

import dev.sluice.sdk.actor.Input;
import java.util.List;
import reactor.core.Disposable;

/** Runs batches of one method on one instance of the actor. */
interface MethodCall {

    /** As {@link dev.sluice.sdk.actor.ActorInstance#run}; what it throws nevertheless fails the queries still open. */
    Disposable run(List<Input> inputs, OpenQueries open);
}
