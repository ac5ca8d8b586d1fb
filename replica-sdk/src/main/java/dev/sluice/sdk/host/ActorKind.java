package dev.sluice.sdk.host;

import dev.sluice.common.placement.VersionSpec;
import dev.sluice.sdk.actor.ActorType;
import java.util.List;

/** A kind of actors that a host can make beside those of annotated classes: of models, for instance. Thread-safe, and never blocks. */
public interface ActorKind {

    /** One of {@link dev.sluice.common.placement.ActorKinds}. */
    String kind();

    /** What actors can be made of at the moment. */
    List<String> types();

    /**
     * What a version of an actor is made of. What its settings say is laid over it by the caller.
     *
     * @param actor the name that it is to be published under
     * @throws IllegalArgumentException with a sentence for the operator, where this host cannot make it
     */
    ActorType type(String actor, VersionSpec version);
}
