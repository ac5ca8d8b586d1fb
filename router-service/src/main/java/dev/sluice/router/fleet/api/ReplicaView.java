package dev.sluice.router.fleet.api;

/**
 * One replica.
 *
 * @param placed whether a router asked for it, rather than the host's own configuration
 * @param ejected whether the asked router sends it trials alone, since it fails more often than the others
 * @param failed the recent part of its batches from the asked router that failed, 0 to 1
 * @param slowdown how many times longer these take there than on others of its version and kind of host
 * @param running queries that the asked router has there now
 * @param batches from the asked router that it ended
 * @param busyMillis that these ran
 */
record ReplicaView(
        String replica,
        String actor,
        String version,
        String host,
        String state,
        String reason,
        boolean placed,
        boolean ejected,
        double failed,
        double slowdown,
        int running,
        long batches,
        double busyMillis) {}
