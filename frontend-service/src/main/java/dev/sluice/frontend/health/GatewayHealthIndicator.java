package dev.sluice.frontend.health;

import dev.sluice.frontend.query.Gateway;
import org.springframework.boot.health.contributor.AbstractReactiveHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import reactor.core.publisher.Mono;

/** Up once the frontend knows the actors; part of readiness. */
public final class GatewayHealthIndicator extends AbstractReactiveHealthIndicator {

    private final Gateway gateway;

    public GatewayHealthIndicator(Gateway gateway) {
        this.gateway = gateway;
    }

    @Override
    protected Mono<Health> doHealthCheck(Health.Builder builder) {
        return Mono.fromSupplier(() -> gateway.ready()
                ? builder.up().withDetail("actors", gateway.actors().size()).build()
                : builder.outOfService()
                        .withDetail("reason", "no router has sent a complete catalogue yet")
                        .build());
    }
}
