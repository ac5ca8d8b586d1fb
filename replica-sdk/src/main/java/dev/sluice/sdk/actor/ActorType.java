package dev.sluice.sdk.actor;

import dev.sluice.common.actor.ActorDescriptor;
import java.util.List;
import java.util.Map;

/** An actor that can be instantiated: made from an annotated class, or by other kinds (a model, a query). */
public interface ActorType {

    ActorDescriptor descriptor();

    /** Inputs to run each new replica with before it serves; none where there are none. */
    default List<Example> examples() {
        return List.of();
    }

    /**
     * A new replica.
     *
     * @param args constructor arguments from configuration, by key
     * @throws IllegalArgumentException with a sentence for the operator, where an argument is missing, unknown or of the
     *     wrong type
     */
    ActorInstance create(Map<String, String> args);

    /**
     * A new replica of the actor as it is served.
     *
     * @param served the descriptor, with what configuration laid over it
     */
    default ActorInstance create(Map<String, String> args, ActorDescriptor served) {
        return create(args);
    }
}
