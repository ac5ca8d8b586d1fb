package dev.sluice.sdk.host;

import dev.sluice.common.membership.Announcement.Offer;
import dev.sluice.common.placement.VersionSpec;
import java.util.List;

/** Turns what routers ask for into actors that this host can run. */
public interface VersionResolver {

    /** A host that runs what its own configuration names, and nothing else. */
    VersionResolver NONE = new VersionResolver() {
        @Override
        public List<Offer> offers() {
            return List.of();
        }

        @Override
        public HostedActor resolve(String actor, VersionSpec version) {
            throw new IllegalArgumentException("This host takes no actors from routers.");
        }
    };

    /** What replicas can be made of here. */
    List<Offer> offers();

    /**
     * One version of an actor.
     *
     * @param actor the name that it is to be published under
     * @throws IllegalArgumentException with a sentence for the operator, where this host cannot make it
     */
    HostedActor resolve(String actor, VersionSpec version);
}
