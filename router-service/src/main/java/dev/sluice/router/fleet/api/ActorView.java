package dev.sluice.router.fleet.api;

import dev.sluice.router.fleet.plan.ActorStatus;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An actor, as operators see it. Null is left out.
 *
 * @param name the published name
 * @param revision for the next write
 * @param origin {@code store}, {@code file} or, where nothing is wanted of it and hosts run it by themselves, {@code host}
 * @param controller the node id of the router that sees to it
 * @param goal as it can be put again
 * @param previous what served before
 * @param rollout as it can be posted again
 * @param shadow as it can be put again
 * @param unreadable why this router cannot tell what is wanted of it
 * @param status how far it is; null where another router controls it
 * @param versions that are wanted or run
 * @param warnings sentences for who asked
 */
record ActorView(
        String name,
        long revision,
        String origin,
        String controller,
        @Nullable Map<String, Object> goal,
        @Nullable Map<String, Object> previous,
        @Nullable Map<String, Object> rollout,
        @Nullable Map<String, Object> shadow,
        @Nullable String unreadable,
        @Nullable ActorStatus status,
        List<VersionView> versions,
        List<String> warnings) {

    /**
     * One version.
     *
     * @param role {@code current}, {@code candidate}, {@code shadow}, {@code outgoing} or, where hosts run it by
     *     themselves, {@code unmanaged}
     * @param weight its part of the queries that name no version, in percent
     * @param replicas by state
     * @param queries that ended at the asked router since it started
     */
    record VersionView(String version, String role, int weight, Map<String, Integer> replicas, Queries queries) {}

    /**
     * @param answered with a result
     * @param failed by the version, or too late
     * @param meanMillis of those that were answered; 0 where there are none
     */
    record Queries(long answered, long failed, double meanMillis) {}
}
