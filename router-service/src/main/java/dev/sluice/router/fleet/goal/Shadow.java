package dev.sluice.router.fleet.goal;

import dev.sluice.common.placement.VersionSpec;

/**
 * A version that gets copies of queries, whose answers nobody waits for.
 *
 * @param version the version
 * @param percent of the queries that are copied
 * @param replicas that it has
 */
public record Shadow(VersionSpec version, int percent, int replicas) {}
