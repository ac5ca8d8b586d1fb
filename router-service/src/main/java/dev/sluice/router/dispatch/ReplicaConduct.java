package dev.sluice.router.dispatch;

/**
 * How one replica serves beside the others of its version, as the scheduler of this router sees it. With nothing asked of it, as it was
 * when it was asked last.
 *
 * @param actor that it is of
 * @param version of the actor
 * @param host the node id of its host
 * @param replica its id there
 * @param distrusted whether it gets trials alone, since it fails more often than the others
 * @param failed the recent part of its batches that failed, 0 to 1
 * @param slowdown how many times longer batches take there than on others of its kind of host
 * @param running queries that this router has there now
 * @param batches from this router that it ended
 * @param busyNanos that these ran
 */
public record ReplicaConduct(
        String actor,
        String version,
        String host,
        String replica,
        boolean distrusted,
        double failed,
        double slowdown,
        int running,
        long batches,
        long busyNanos) {

    ReplicaConduct(
            String actor,
            String version,
            String host,
            String replica,
            boolean distrusted,
            double failed,
            double slowdown,
            ReplicaWork.Done work) {
        this(
                actor,
                version,
                host,
                replica,
                distrusted,
                failed,
                slowdown,
                work.running(),
                work.batches(),
                work.busyNanos());
    }

    /** Of one that this router has asked nothing of. */
    public static ReplicaConduct unasked(String actor, String version, String host, String replica) {
        return new ReplicaConduct(actor, version, host, replica, false, 0, 1, 0, 0, 0);
    }
}
