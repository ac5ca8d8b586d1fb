package dev.sluice.frontend.config;

import dev.sluice.common.config.SettingRefused;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of a frontend's way to the routers.
 *
 * @param maxRetained the most bytes that all queries in flight may hold together
 * @param catalogueWait how long a frontend that starts takes no connections since no router has told it which actors there are, a minute at
 *     most; 0: it takes them at once; null: a lease, and what the way takes
 */
@ConfigurationProperties("sluice.frontend")
public record GatewayProperties(
        @DefaultValue("160MB") DataSize maxRetained,
        @Nullable Duration catalogueWait) {

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
    private static final Duration WAY = Duration.ofSeconds(2);

    public GatewayProperties {
        if (catalogueWait != null && (catalogueWait.isNegative() || catalogueWait.compareTo(LONGEST_WAIT) > 0)) {
            throw new SettingRefused(
                    "sluice.frontend.catalogue-wait is " + catalogueWait + ".",
                    "Choose something from 0s to 1m, for instance 5s.");
        }
    }

    /** @param lease a router tells nobody of its actors before one has passed since its own start */
    Duration catalogueWait(Duration lease) {
        if (catalogueWait != null) {
            return catalogueWait;
        }
        // However long a lease is: whoever started the frontend waits to hear of it.
        Duration usual = lease.plus(WAY);
        return usual.compareTo(LONGEST_WAIT) < 0 ? usual : LONGEST_WAIT;
    }
}
