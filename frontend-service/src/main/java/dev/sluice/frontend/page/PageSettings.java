package dev.sluice.frontend.page;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The page at {@code /ui}.
 *
 * @param enabled whether there is one; not set: where the frontend listens on loopback alone
 * @param hosts names by which browsers may ask for what it shows, beside localhost and IP addresses
 * @param maxWatchers how many may look at it at once
 * @param every how often what is shown is looked up, while somebody looks
 * @param routerTimeout how long a router may take to tell of itself before it is shown as down
 */
@Validated
@ConfigurationProperties("sluice.ui")
public record PageSettings(
        @Nullable Boolean enabled,

        @DefaultValue
        List<@Pattern(regexp = "[^:/\\s]+", message = "must be a name, without a scheme and a port") String> hosts,

        @DefaultValue("64") @Min(1) int maxWatchers,

        @DefaultValue("1s") @NotNull @DurationMin(millis = 100)
        Duration every,

        @DefaultValue("800ms") @NotNull @DurationMin(millis = 1)
        Duration routerTimeout) {

    public PageSettings {
        hosts = List.copyOf(hosts);
    }
}
