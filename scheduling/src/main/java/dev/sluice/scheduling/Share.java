package dev.sluice.scheduling;

/** What one tenant's queries of one priority use of the replicas' time, and may. Not thread-safe. */
final class Share {

    final String tenant;
    final int priority;

    Share(String tenant, int priority) {
        this.tenant = tenant;
        this.priority = priority;
    }
}
