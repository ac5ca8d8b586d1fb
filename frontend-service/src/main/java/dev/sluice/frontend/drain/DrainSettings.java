package dev.sluice.frontend.drain;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How a frontend stops.
 *
 * @param grace how long it serves on, not ready any more and telling every connection to close, before it stops
 *     listening; give a load balancer that polls readiness time to see it
 * @param streamQuiet an open event stream that sent something before, and nothing for so long, counts as idle and is
 *     ended
 * @param streamLimit how long any event stream may go on after the stop began; shorter than
 *     {@code spring.lifecycle.timeout-per-shutdown-phase}, else it ends without a last event
 */
@Validated
@ConfigurationProperties("sluice.drain")
public record DrainSettings(
        @DefaultValue("300ms") @NotNull @DurationMin Duration grace,

        @DefaultValue("1s") @NotNull @DurationMin(millis = 1)
        Duration streamQuiet,

        @DefaultValue("20s") @NotNull @DurationMin Duration streamLimit) {}
