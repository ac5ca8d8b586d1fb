package dev.sluice.frontend.config;

import dev.sluice.common.config.SettingRefused;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of a frontend's way to the routers.
 *
 * @param maxRetained the most bytes that all queries in flight may hold together
 * @param catalogueWait how long a frontend that starts takes no connections since no router has told it which actors there are; 0: it
 *     takes them at once
 */
@ConfigurationProperties("sluice.frontend")
public record GatewayProperties(
        @DefaultValue("160MB") DataSize maxRetained,
        @DefaultValue("5s") Duration catalogueWait) {

    public GatewayProperties {
        if (catalogueWait.isNegative()) {
            throw new SettingRefused(
                    "sluice.frontend.catalogue-wait is " + catalogueWait + ".", "Choose 0 or more, for instance 5s.");
        }
    }
}
