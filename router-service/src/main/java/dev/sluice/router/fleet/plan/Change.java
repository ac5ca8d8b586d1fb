package dev.sluice.router.fleet.plan;

/**
 * Something that is done to the fleet, and why.
 *
 * @param kind what is done
 * @param actor of the replica
 * @param version of the replica
 * @param replica its id
 * @param host its host
 * @param reason a sentence for the operator
 */
public record Change(Kind kind, String actor, String version, String replica, String host, String reason) {

    /** What may be done to a replica. */
    public enum Kind {
        START,
        STOP,
        GIVE_UP
    }
}
