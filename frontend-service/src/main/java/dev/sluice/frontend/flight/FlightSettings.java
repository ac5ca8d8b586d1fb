package dev.sluice.frontend.flight;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the frontend speaks Arrow Flight, on the address of {@code server.address}.
 *
 * @param enabled whether it does
 * @param port where; 0: any free one
 */
@Validated
@ConfigurationProperties("sluice.frontend.flight")
public record FlightSettings(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("8815") @Min(0) @Max(65535) int port) {}
