package dev.sluice.common.membership;

import dev.sluice.common.actor.ActorDescriptor;
import java.util.List;

/**
 * All actors that a router knows. Always the whole: the receiver replaces what this router sent before.
 *
 * @param actors by name
 */
public record CatalogueContent(List<ActorDescriptor> actors) {

    public CatalogueContent {
        actors = List.copyOf(actors);
    }
}
