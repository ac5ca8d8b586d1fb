package dev.sluice.frontend.gateway;

import dev.sluice.common.actor.ActorDescriptor;

/**
 * One version of one actor, of which things are counted.
 *
 * @param actor its name
 * @param version as its hosts say
 */
public record ActorVersion(String actor, String version) {

    public static ActorVersion of(ActorDescriptor actor) {
        return new ActorVersion(actor.name(), actor.version());
    }
}
