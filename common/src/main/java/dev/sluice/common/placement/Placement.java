package dev.sluice.common.placement;

import java.util.List;

/**
 * What one host is to run of one actor: always the whole, so that it may be sent again, by whichever router. Replicas of the actor
 * that it names neither in {@code replicas} nor in {@code kept} end after what they run.
 *
 * @param store which store of desired states the revision is of
 * @param revision of the desired state that this follows from; a host that has seen a later one of the same store ignores this
 * @param actor the published name
 * @param versions what the host is to know of the actor, whether it runs replicas of it or not
 * @param replicas that are to run; those that run already go on
 * @param kept ids of replicas that go on where they run, and are not started where they do not: such as the host has started by
 *     its own configuration
 */
public record Placement(
        String store,
        long revision,
        String actor,
        List<VersionSpec> versions,
        List<Wanted> replicas,
        List<String> kept) {

    public Placement {
        versions = List.copyOf(versions);
        replicas = List.copyOf(replicas);
        kept = List.copyOf(kept);
    }

    /**
     * One replica that is to run.
     *
     * @param id unique among all replicas of all actors of the host
     * @param version one of the placement's
     */
    public record Wanted(String id, String version) {}
}
