package dev.sluice.router.fleet.plan;

/** A replica where it is. */
record Located(HostState host, ReplicaState replica) {

    boolean isReady() {
        return replica.isReady();
    }

    String version() {
        return replica.version();
    }
}
