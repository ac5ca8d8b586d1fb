package dev.sluice.sdk.metrics;

import dev.sluice.common.membership.Announcement;
import dev.sluice.sdk.host.Host;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Locale;

/** What a host has: replicas by state, linked routers. */
public final class HostGauges implements MeterBinder {

    private final Host host;

    public HostGauges(Host host) {
        this.host = host;
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        for (Announcement.State state : Announcement.State.values()) {
            Gauge.builder("sluice.replicas", () -> host.replicasByState().getOrDefault(state, 0L))
                    .description("Replicas by state")
                    .tag("state", state.name().toLowerCase(Locale.ROOT))
                    .tag("tier", "host")
                    .register(meters);
        }
        Gauge.builder("sluice.link.routers", host, Host::linkedRouters)
                .description("Routers that are linked")
                .register(meters);
    }
}
