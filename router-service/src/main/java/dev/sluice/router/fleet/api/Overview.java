package dev.sluice.router.fleet.api;

import dev.sluice.router.dispatch.BatchFigures.UpTo;
import dev.sluice.router.fleet.control.Event;
import dev.sluice.router.fleet.plan.ActorStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All of a router's moment in one answer, for who looks every second. Arguments of actors are not in it: it is shown to people who know
 * no cluster secret, and some are passwords.
 *
 * @param node the router's node id
 * @param inFlight queries that have no outcome yet
 * @param frontends the node ids of those that are linked
 * @param queues by actor, version and method
 * @param events those that the reader does not have, the oldest first
 */
record Overview(
        String node,
        int inFlight,
        List<String> frontends,
        List<Actor> actors,
        List<Queue> queues,
        List<HostView> hosts,
        List<ReplicaView> replicas,
        List<Event> events) {

    /**
     * @param rollout null where none is under way
     * @param status null where another router controls it
     */
    record Actor(
            String name,
            String origin,
            String controller,
            @Nullable Rollout rollout,
            @Nullable ActorStatus status,
            List<ActorView.VersionView> versions) {}

    /**
     * @param version on its way in
     * @param weight its part of the queries now, in percent
     * @param held whether that stays until somebody changes it
     * @param steps weights that follow each other, in percent
     */
    record Rollout(String version, int weight, boolean held, List<Integer> steps) {}

    /**
     * @param waiting queries
     * @param free batches that replicas of the actor could take now
     * @param batches sent since the router started
     * @param queries in these
     * @param sizes how many batches had up to so many queries
     * @param runMillis that they ran, together
     * @param waitMillis that their queries had waited, together
     */
    record Queue(
            String actor,
            String version,
            String method,
            int waiting,
            int free,
            long batches,
            long queries,
            List<UpTo> sizes,
            double runMillis,
            double waitMillis) {}
}
