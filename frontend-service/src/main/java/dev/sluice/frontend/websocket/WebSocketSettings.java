package dev.sluice.frontend.websocket;

import dev.sluice.common.config.SettingRefused;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How the frontend speaks on WebSockets.
 *
 * @param maxMessage the largest message; one that is larger ends its socket with 1009
 * @param maxInFlight the most queries that one socket may have in flight
 * @param maxUnsent the most bytes of replies that may wait for a client to read them; more end its socket with 1008
 * @param ping how often a client is asked whether it is still there; one that answers neither of two is gone
 * @param idleTimeout a socket without a query in flight and without a message for so long is ended
 * @param allowedOrigins pages of which other origins than the frontend's own may open a socket in a browser, for instance
 *     {@code https://example.org}; {@code *}: any
 */
@Validated
@ConfigurationProperties("sluice.websocket")
public record WebSocketSettings(
        @DefaultValue("1MB") @NotNull DataSize maxMessage,

        @DefaultValue("100") @Min(1) @Max(10_000) int maxInFlight,

        @DefaultValue("8MB") @NotNull DataSize maxUnsent,

        @DefaultValue("15s") @NotNull @DurationMin(millis = 10)
        Duration ping,

        @DefaultValue("5m") @NotNull @DurationMin(millis = 10)
        Duration idleTimeout,

        @DefaultValue List<String> allowedOrigins) {

    private static final DataSize LARGEST = DataSize.ofGigabytes(1);

    public WebSocketSettings {
        if (maxMessage.toBytes() < 1 || maxMessage.compareTo(LARGEST) > 0) {
            throw new SettingRefused(
                    "sluice.websocket.max-message is " + maxMessage.toBytes() + " bytes.",
                    "Write a size from 1B to " + LARGEST.toGigabytes() + "GB.");
        }
        allowedOrigins = List.copyOf(allowedOrigins);
    }
}
