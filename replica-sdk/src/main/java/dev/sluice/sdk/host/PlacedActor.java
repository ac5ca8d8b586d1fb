package dev.sluice.sdk.host;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.membership.Announcement.Applied;
import dev.sluice.common.membership.Announcement.Rejected;
import dev.sluice.common.placement.Placement;
import dev.sluice.common.placement.VersionSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The last placement of one actor that holds on this host, and what its versions turned out to be. */
record PlacedActor(Placement placement, Map<String, HostedActor> versions, List<Rejected> rejected) {

    static PlacedActor of(Placement placement, VersionResolver resolver) {
        return resolved(placement, Map.of(), resolver);
    }

    /** What it rejected is tried again: files may be there meanwhile. What it can make stays as it is. */
    PlacedActor triedAgain(VersionResolver resolver) {
        return resolved(placement, versions, resolver);
    }

    private static PlacedActor resolved(Placement placement, Map<String, HostedActor> known, VersionResolver resolver) {
        List<Rejected> rejected = new ArrayList<>();
        Map<String, HostedActor> versions = new LinkedHashMap<>();
        for (VersionSpec version : placement.versions()) {
            HostedActor before = known.get(version.version());
            if (before != null) {
                versions.put(version.version(), before);
                continue;
            }
            try {
                versions.put(version.version(), resolver.resolve(placement.actor(), version));
            } catch (RuntimeException e) {
                // Whatever it is: a version that silently does not come up helps nobody.
                String why = e.getMessage() == null ? e.toString() : e.getMessage();
                rejected.add(new Rejected(placement.actor(), version.version(), why));
            }
        }
        return new PlacedActor(placement, versions, List.copyOf(rejected));
    }

    /** Whether a placement comes after this one, or is of another store, so that nothing can be said of their order. */
    boolean isFollowedBy(Placement next) {
        return !next.store().equals(placement.store()) || next.revision() >= placement.revision();
    }

    Applied applied() {
        return new Applied(placement.actor(), placement.store(), placement.revision());
    }

    List<ActorDescriptor> descriptors() {
        return versions.values().stream()
                .map(version -> version.type().descriptor())
                .toList();
    }

    @Nullable HostedActor version(String version) {
        return versions.get(version);
    }
}
