package dev.sluice.frontend.flight;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the frontend speaks Arrow Flight, on the address of {@code server.address}.
 *
 * @param enabled whether it does
 * @param port where; 0: any free one
 * @param maxCallsPerConnection calls that one connection may have open at once; its client holds further ones back
 * @param bodyTimeout how long a message may stand still before its call is ended
 */
@Validated
@ConfigurationProperties("sluice.frontend.flight")
public record FlightSettings(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("8815") @Min(0) @Max(65535) int port,
        @DefaultValue("1000") @Min(1) int maxCallsPerConnection,

        @DefaultValue("30s") @NotNull @DurationMin(millis = 1)
        Duration bodyTimeout) {}
