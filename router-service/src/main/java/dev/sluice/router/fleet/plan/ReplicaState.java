package dev.sluice.router.fleet.plan;

import dev.sluice.common.membership.Announcement.State;

/**
 * A replica as its host said last that it is.
 *
 * @param id unique on its host
 * @param actor the name of its actor
 * @param version of the actor
 * @param state where it is in its life
 * @param reason why it failed; else empty
 * @param placed whether a router asked for it, rather than the host's own configuration
 */
public record ReplicaState(String id, String actor, String version, State state, String reason, boolean placed) {

    boolean isAlive() {
        return state == State.STARTING || state == State.READY;
    }

    public boolean isReady() {
        return state == State.READY;
    }
}
