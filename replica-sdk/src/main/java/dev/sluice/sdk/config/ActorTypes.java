package dev.sluice.sdk.config;

import dev.sluice.sdk.actor.ActorType;
import java.util.List;

/** The actors that were found for this host, before configuration says anything of them. */
record ActorTypes(List<ActorType> types) {

    ActorTypes {
        types = List.copyOf(types);
    }
}
