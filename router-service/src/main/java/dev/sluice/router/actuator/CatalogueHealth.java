package dev.sluice.router.actuator;

import dev.sluice.router.dispatch.RouterLinks;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Ready once every host that lives has had the time to announce itself. */
public final class CatalogueHealth implements HealthIndicator {

    private final RouterLinks links;

    public CatalogueHealth(RouterLinks links) {
        this.links = links;
    }

    @Override
    public Health health() {
        return links.isComplete()
                ? Health.up().withDetail("inFlight", links.inFlight()).build()
                : Health.outOfService()
                        .withDetail("reason", "a lease has not passed yet since the start")
                        .build();
    }
}
