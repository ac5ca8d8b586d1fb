package dev.sluice.sdk.config;

import dev.sluice.common.membership.Announcement;
import dev.sluice.sdk.host.Host;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Ready when a router is linked and no replica is still starting, and not all of them failed. */
final class HostHealth implements HealthIndicator {

    private final Host host;

    HostHealth(Host host) {
        this.host = host;
    }

    @Override
    public Health health() {
        var counts = host.replicasByState();
        long starting = counts.getOrDefault(Announcement.State.STARTING, 0L);
        long failed = counts.getOrDefault(Announcement.State.FAILED, 0L);
        long ready = counts.getOrDefault(Announcement.State.READY, 0L);
        Health.Builder health = Health.up();
        if (host.linkedRouters() == 0) {
            health = Health.outOfService().withDetail("reason", "no router is linked");
        } else if (starting > 0) {
            health = Health.outOfService().withDetail("reason", "replicas are starting");
        } else if (failed > 0 && ready == 0) {
            health = Health.down().withDetail("reason", "no replica could be started");
        }
        return health.withDetail("routers", host.linkedRouters())
                .withDetail("replicas", counts)
                .build();
    }
}
