package dev.sluice.common.membership;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.sluice.common.actor.ActorDescriptor;
import java.util.List;
import java.util.Optional;

/**
 * What a host can run and runs. Sent when the link opens, whenever it changes, and every third of a lease.
 *
 * @param slots replicas that the host has room for
 * @param draining whether it takes no new batches
 * @param actors the actors that it can run
 * @param replicas what runs
 * @param kind of machine that the host is on: batch times are learnt per kind; empty where kinds are not told apart, and from
 *     hosts that are older than that
 * @param placing what routers need to know to place replicas here; empty from hosts that are older than that
 */
public record Announcement(
        int slots,
        boolean draining,
        List<ActorDescriptor> actors,
        List<Replica> replicas,
        @JsonSetter(nulls = Nulls.AS_EMPTY) String kind,
        Optional<Placing> placing) {

    public Announcement {
        actors = List.copyOf(actors);
        replicas = List.copyOf(replicas);
    }

    /** Of a host that does not say on what kind of machine it is. */
    public Announcement(int slots, boolean draining, List<ActorDescriptor> actors, List<Replica> replicas) {
        this(slots, draining, actors, replicas, "");
    }

    /** Of a host that takes no replicas from routers. */
    public Announcement(
            int slots, boolean draining, List<ActorDescriptor> actors, List<Replica> replicas, String kind) {
        this(slots, draining, actors, replicas, kind, Optional.empty());
    }

    /**
     * One running instance.
     *
     * @param id unique on its host and never used again in its incarnation
     * @param actor the name of its actor
     * @param version likewise
     * @param state {@code STARTING}, {@code READY}, {@code FAILED} or {@code STOPPING}
     * @param reason why it failed; else empty
     * @param explored batches that it ran before it was ready; none from hosts that are older than that
     */
    public record Replica(
            String id,
            String actor,
            String version,
            State state,
            String reason,
            @JsonSetter(nulls = Nulls.AS_EMPTY) List<Explored> explored) {

        public Replica {
            explored = List.copyOf(explored);
        }

        /** A replica that has not run anything. */
        public Replica(String id, String actor, String version, State state, String reason) {
            this(id, actor, version, state, reason, List.of());
        }
    }

    /**
     * What routers need to know to place replicas on a host.
     *
     * @param offers what it can make replicas of
     * @param placed the ids of the replicas that routers asked for; the others are of the host's own configuration
     * @param applied the placements that hold here
     * @param rejected versions that it was asked for and cannot make
     * @param routers the node ids of the routers that it is linked with
     */
    public record Placing(
            List<Offer> offers,
            List<String> placed,
            List<Applied> applied,
            List<Rejected> rejected,
            List<String> routers) {

        public Placing {
            offers = List.copyOf(offers);
            placed = List.copyOf(placed);
            applied = List.copyOf(applied);
            rejected = List.copyOf(rejected);
            routers = List.copyOf(routers);
        }
    }

    /**
     * @param kind of actor
     * @param type what of this kind
     */
    public record Offer(String kind, String type) {}

    /**
     * @param actor that was placed
     * @param store which store of desired states the revision is of
     * @param revision of the desired state
     */
    public record Applied(String actor, String store, long revision) {}

    /**
     * @param actor that was placed
     * @param version of it
     * @param reason a sentence for the operator
     */
    public record Rejected(String actor, String version, String reason) {}

    /**
     * A batch that a replica ran to see how long it takes.
     *
     * @param method of its actor
     * @param rows of the batch, at least 1
     * @param nanos that it took on its host
     */
    public record Explored(String method, int rows, long nanos) {}

    /** The states of a replica on its host. Only ready ones take batches. */
    public enum State {
        STARTING,
        READY,
        FAILED,
        /** It takes nothing more, and ends after what it runs. */
        STOPPING
    }
}
