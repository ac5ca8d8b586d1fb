package dev.sluice.frontend.http;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How the frontend speaks HTTP.
 *
 * @param idleTimeout how long a connection may be open without a query before it is closed; a query in flight, however
 *     long it takes, keeps its connection
 * @param bodyTimeout how long a request's body may stand still before the request is refused
 * @param streamHeartbeat how often an event stream that has nothing to say sends a comment, so that proxies keep it
 * @param maxCollected the most that the results of a streaming method may add up to for a caller that did not ask for
 *     an event stream and so gets them as one array
 */
@Validated
@ConfigurationProperties("sluice.http")
public record HttpSettings(
        @DefaultValue("2m") @NotNull @DurationMin(millis = 1)
        Duration idleTimeout,

        @DefaultValue("30s") @NotNull @DurationMin(millis = 1)
        Duration bodyTimeout,

        @DefaultValue("15s") @NotNull @DurationMin(millis = 1)
        Duration streamHeartbeat,

        @DefaultValue("16MB") @NotNull DataSize maxCollected) {}
