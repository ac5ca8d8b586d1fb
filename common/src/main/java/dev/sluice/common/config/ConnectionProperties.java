package dev.sluice.common.config;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What may connect.
 *
 * @param max connections that may be open at once at a port; more are closed as they come. Ports of gRPC and of Arrow Flight count
 *     together
 */
@ConfigurationProperties("sluice.connections")
public record ConnectionProperties(@DefaultValue("10000") int max) {

    public ConnectionProperties {
        if (max < 1) {
            throw new SettingRefused(
                    "sluice.connections.max is " + max + ".", "Write how many connections may be open at once.");
        }
    }
}
