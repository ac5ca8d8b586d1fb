package dev.sluice.router.fleet.plan;

import dev.sluice.common.placement.VersionSpec;
import java.util.List;

/**
 * How many replicas of which versions an actor is to have now.
 *
 * @param actor the published name
 * @param store which store of desired states the revision is of
 * @param revision of the desired state that this follows from; 0 where the store has nothing of the actor
 * @param versions none where the actor is to go
 */
public record Wanted(String actor, String store, long revision, List<Version> versions) {

    public Wanted {
        versions = List.copyOf(versions);
    }

    /**
     * @param spec the version
     * @param replicas of it; 0 keeps it known without any
     */
    public record Version(VersionSpec spec, int replicas) {}

    /** Whether the store says nothing of the actor, not even that it is to go. */
    boolean isUnknown() {
        return versions.isEmpty() && revision == 0;
    }

    /** Over all versions. */
    public int replicas() {
        return versions.stream().mapToInt(Version::replicas).sum();
    }
}
