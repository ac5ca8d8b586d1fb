package dev.sluice.router.dispatch;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.Failure;
import dev.sluice.scheduling.Reason;
import java.util.concurrent.TimeUnit;

/** What callers are told when a query ends without the actor's answer. */
final class Refusals {

    private static final long SHORTLY_MILLIS = 1000;

    private Refusals() {}

    /**
     * The scheduler turned the query away.
     *
     * @param drainNanos in what time the queue is likely to be worked off; 0 where that is not known
     */
    static Failure of(Reason why, String actor, long drainNanos) {
        long later = drainNanos <= 0 ? SHORTLY_MILLIS : 1 + TimeUnit.NANOSECONDS.toMillis(drainNanos);
        return switch (why) {
            case EXPIRED ->
                new Failure(
                        ErrorCode.EXPIRED, "The SLO passed while the query waited for a replica of '" + actor + "'.");
            case OVERLOADED ->
                new Failure(
                        ErrorCode.OVERLOADED,
                        "The queue of '" + actor + "' is full; send less, or add replicas.",
                        later);
            case OVER_SHARE ->
                new Failure(
                        ErrorCode.OVERLOADED,
                        "'" + actor + "' is asked for more than it can do, and queries of this tenant, priority and SLO"
                                + " have had their share; send less, or add replicas.",
                        later);
            case UNMEETABLE ->
                new Failure(
                        ErrorCode.UNMEETABLE,
                        "The query would not have been answered within its SLO; send it later, or with a longer one.",
                        later);
        };
    }

    static Failure stopping() {
        return new Failure(
                ErrorCode.UNAVAILABLE, "This router is stopping; send the query to another one.", SHORTLY_MILLIS);
    }

    static Failure noActor(String actor) {
        return new Failure(ErrorCode.NOT_FOUND, "There is no actor '" + actor + "' here.");
    }

    /** For a destination that there is none of. */
    static Failure unknown(ActorDirectory actors, String actor, String version) {
        if (actors.find(actor, "") == null) {
            return noActor(actor);
        }
        return actors.isAway(actor, version) ? noReplica(actor) : noVersion(actor, version);
    }

    static Failure noVersion(String actor, String version) {
        return new Failure(ErrorCode.NOT_FOUND, "The actor '" + actor + "' has no version '" + version + "' here.");
    }

    static Failure noMethod(String actor, String method) {
        return new Failure(ErrorCode.NOT_FOUND, "The actor '" + actor + "' has no method '" + method + "'.");
    }

    static Failure tooManyCalls(int most) {
        return new Failure(
                ErrorCode.FAILED,
                "The pipelines within this one would ask actors more than " + most
                        + " times for one query: they seem to go round in a circle, or to be laid over too long lists.");
    }

    static Failure late() {
        return new Failure(ErrorCode.EXPIRED, "The SLO passed before the query reached a router.");
    }

    static Failure full() {
        return new Failure(
                ErrorCode.OVERLOADED,
                "This router holds as many bytes of queries as it may; send less, or add routers.",
                SHORTLY_MILLIS);
    }

    static Failure streams(String actor, String method) {
        return new Failure(
                ErrorCode.FAILED,
                "The method '" + method + "' of '" + actor + "' has several results, and who called it takes one.");
    }

    static Failure noReplica(String actor) {
        return new Failure(
                ErrorCode.UNAVAILABLE,
                "No host runs the actor '" + actor + "' at the moment; start one, or try again later.",
                SHORTLY_MILLIS);
    }

    static Failure inputTooLarge(long bytes, HostLink host) {
        return new Failure(
                ErrorCode.TOO_LARGE,
                "The input has " + bytes + " bytes, and the host " + host.nodeId() + " takes " + host.mostInputBytes()
                        + " (sluice.link.max-payload).");
    }

    static Failure resultTooLarge(long bytes, long most) {
        return new Failure(
                ErrorCode.FAILED,
                "The result has " + bytes + " bytes, and who called takes " + most + " (sluice.link.max-payload).");
    }

    static Failure lost(String host, String actor, boolean idempotent) {
        String why = idempotent
                ? "the query was started as often as it may be, or a part of its results was passed on already."
                : "the actor '" + actor + "' is not marked idempotent; decide whether to send it again.";
        return new Failure(
                ErrorCode.LOST, "The host " + host + " was lost while it may have worked on this query, and " + why);
    }
}
