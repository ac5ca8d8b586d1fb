package dev.sluice.common.membership;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.sluice.common.actor.ActorDescriptor;
import java.util.List;

/**
 * What a host can run and runs. Sent when the link opens, whenever it changes, and every third of a lease.
 *
 * @param slots replicas that the host has room for
 * @param draining whether it takes no new batches
 * @param actors the actors that it can run
 * @param replicas what runs
 * @param kind of machine that the host is on: batch times are learnt per kind; empty where kinds are not told apart, and from
 *     hosts that are older than that
 */
public record Announcement(
        int slots,
        boolean draining,
        List<ActorDescriptor> actors,
        List<Replica> replicas,
        @JsonSetter(nulls = Nulls.AS_EMPTY) String kind) {

    public Announcement {
        actors = List.copyOf(actors);
        replicas = List.copyOf(replicas);
    }

    /** Of a host that does not say on what kind of machine it is. */
    public Announcement(int slots, boolean draining, List<ActorDescriptor> actors, List<Replica> replicas) {
        this(slots, draining, actors, replicas, "");
    }

    /**
     * One running instance.
     *
     * @param id unique on its host and never used again in its incarnation
     * @param actor the name of its actor
     * @param version likewise
     * @param state {@code STARTING}, {@code READY} or {@code FAILED}
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
        FAILED
    }
}
