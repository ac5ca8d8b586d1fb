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
     * @throws SettingRefused where routers are to be discovered and nobody can be asked, or one is listed with another scheme than that
     *     of the links
     */
    public RouterLookup lookup(
            LinkContext context, List<URI> listed, @Nullable RouterSource discovered, LoopResources loops) {
        if (!isOn()) {
            listed.forEach(router -> mustFit(router, context.transport().scheme()));
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

    private static void mustFit(URI router, String scheme) {
        if (!router.getScheme().equals(scheme)) {
            throw new SettingRefused(
                    "sluice.routers has " + router + ", and links are "
                            + (scheme.equals("https")
                                    ? "secured (sluice.link.ssl.bundle)."
                                    : "not secured, since there is no sluice.link.ssl.bundle."),
                    "Write " + scheme + "://" + router.getAuthority() + ", or "
                            + (scheme.equals("https") ? "leave sluice.link.ssl out." : "set sluice.link.ssl.bundle."));
        }
    }
}
