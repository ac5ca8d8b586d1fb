package dev.sluice.common.config;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may see what Actuator tells.
 *
 * @param open endpoints that need no secret, by their ids, beside {@code health}, which never does
 * @param secret what they take beside the cluster secret, or alone where there is none: for who is to see them and to do nothing else; empty: nothing
 */
@ConfigurationProperties("sluice.management")
public record ManagementProperties(
        @DefaultValue Set<String> open, @DefaultValue("") String secret) {

    public ManagementProperties {
        for (String endpoint : open) {
            if (!endpoint.matches("[A-Za-z0-9-]+")) {
                throw new SettingRefused(
                        "sluice.management.open has the entry '" + endpoint + "'.",
                        "Write ids of Actuator's endpoints, for instance prometheus,info.");
            }
        }
        open = Stream.concat(open.stream(), Stream.of("health")).collect(Collectors.toUnmodifiableSet());
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "ManagementProperties[open=" + open + "]";
    }
}
