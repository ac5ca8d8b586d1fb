package dev.sluice.common.config;

import dev.sluice.common.link.LinkContext;
import dev.sluice.common.link.RouterLookup;
import dev.sluice.common.link.RouterSource;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import reactor.netty.resources.LoopResources;

/**
 * How frontends and hosts find routers by Spring Cloud's discovery.
 *
 * @param serviceId the service that routers register as, for instance {@code sluice-router}; empty: they are those of
 *     {@code sluice.routers}
 */
@ConfigurationProperties("sluice.discovery")
public record DiscoveryProperties(@DefaultValue("") String serviceId) {

    public boolean isOn() {
        return !serviceId.isBlank();
    }

    /**
     * Keeps links to the routers, however they are found.
     *
     * @param listed those of {@code sluice.routers}
     * @param discovered whoever asks a discovery client; null where there is none
     * @throws SettingRefused where routers are to be discovered and nobody can be asked
     */
    public RouterLookup lookup(
            LinkContext context, List<URI> listed, @Nullable RouterSource discovered, LoopResources loops) {
        if (!isOn()) {
            return new RouterLookup(context, listed, loops);
        }
        if (discovered == null) {
            throw new SettingRefused(
                    "sluice.discovery.service-id is " + serviceId
                            + ", and this process has no discovery client to ask.",
                    "Add one of Spring Cloud to it, as docs/discovery.md says, or list the routers as sluice.routers and"
                            + " leave sluice.discovery.service-id out.");
        }
        return new RouterLookup(context, discovered, loops);
    }
}
