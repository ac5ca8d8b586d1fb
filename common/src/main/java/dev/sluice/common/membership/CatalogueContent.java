package dev.sluice.common.membership;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.sluice.common.actor.ActorDescriptor;
import java.util.List;
import java.util.Map;

/**
 * All actors that a router knows. Always the whole: the receiver replaces what this router sent before.
 *
 * @param actors by name
 * @param spread over how many routers an actor's queries go, of those that go to more than one; none from routers that are older than
 *     that
 */
public record CatalogueContent(
        List<ActorDescriptor> actors,
        @JsonSetter(nulls = Nulls.AS_EMPTY) Map<String, Integer> spread) {

    public CatalogueContent {
        actors = List.copyOf(actors);
        spread = Map.copyOf(spread);
    }

    /** Of actors each of which has one router. */
    public CatalogueContent(List<ActorDescriptor> actors) {
        this(actors, Map.of());
    }
}
