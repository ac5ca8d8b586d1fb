package dev.sluice.common.management;

import dev.sluice.common.config.SettingRefused;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may see what Actuator tells.
 *
 * @param open endpoints that need no cluster secret, by their ids, for instance {@code health,prometheus}
 */
@ConfigurationProperties("sluice.management")
public record ManagementProperties(@DefaultValue("health") Set<String> open) {

    public ManagementProperties {
        for (String endpoint : open) {
            if (!endpoint.matches("[A-Za-z0-9-]+")) {
                throw new SettingRefused(
                        "sluice.management.open has the entry '" + endpoint + "'.",
                        "Write ids of Actuator's endpoints, for instance health,prometheus.");
            }
        }
        open = Set.copyOf(open);
    }
}
