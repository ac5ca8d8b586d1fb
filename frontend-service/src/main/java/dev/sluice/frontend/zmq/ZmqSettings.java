package dev.sluice.frontend.zmq;

import dev.sluice.common.config.SettingRefused;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.net.InetAddress;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How the frontend speaks ZeroMQ.
 *
 * @param enabled whether it does
 * @param address where it listens; where the frontend listens for HTTP ({@code server.address}) unless this is set
 * @param port where it listens; 0: any free one, which the log names
 * @param curveSecretKey the server's secret key of CURVE, 40 characters of Z85; with it only clients get through that know its
 *     public key, and all is encrypted; empty: without CURVE
 * @param heartbeat how often a client is asked whether it is still there (ZMTP's PING)
 * @param heartbeatTimeout a client that has not answered for so long is gone, and its queries are cancelled
 * @param maxMessage a larger frame ends its connection before it is read; up to here it is read, and refused with a sentence where
 *     it is over {@code sluice.link.max-payload}. Messages of ZeroMQ lie on the heap, so it is less than over other protocols
 * @param maxHeld the most bytes that all messages may hold, from the first large frame to the query's end; where it is reached,
 *     messages are refused
 * @param maxInFlight the most queries that one client may have in flight
 * @param maxCollected the most that the results of a streaming method may add up to for a client that gets them in one reply
 * @param maxUnsent the most bytes of replies that clients have not read yet, all together; one client may have half of
 *     it
 */
@Validated
@ConfigurationProperties("sluice.frontend.zmq")
public record ZmqSettings(
        @DefaultValue("true") boolean enabled,
        @Nullable InetAddress address,

        @DefaultValue("5555") @Min(0) @Max(65_535) int port,

        @DefaultValue("") String curveSecretKey,

        @DefaultValue("5s") @NotNull @DurationMin(millis = 10) @DurationMax(hours = 1)
        Duration heartbeat,

        @DefaultValue("30s") @NotNull @DurationMin(millis = 10) @DurationMax(hours = 1)
        Duration heartbeatTimeout,

        @DefaultValue("16MB") @NotNull DataSize maxMessage,
        @DefaultValue("48MB") @NotNull DataSize maxHeld,

        @DefaultValue("1000") @Min(1) @Max(10_000) int maxInFlight,

        @DefaultValue("16MB") @NotNull DataSize maxCollected,
        @DefaultValue("48MB") @NotNull DataSize maxUnsent) {

    /** @throws SettingRefused where there is a key and it is none, or a size is none */
    public ZmqSettings {
        CurveKey.check(curveSecretKey, "sluice.frontend.zmq.curve-secret-key");
        if (maxMessage.toBytes() < 1024 || maxMessage.toBytes() > Integer.MAX_VALUE - 1024) {
            throw new SettingRefused(
                    "sluice.frontend.zmq.max-message is " + maxMessage + ".",
                    "Set it between 1KB and 2GB, for instance to 16MB.");
        }
        atLeast("max-held", maxHeld, maxMessage);
        atLeast("max-unsent", maxUnsent, maxCollected);
    }

    private static void atLeast(String name, DataSize size, DataSize least) {
        if (size.compareTo(least) < 0) {
            throw new SettingRefused(
                    "sluice.frontend.zmq." + name + " is " + size + ", less than one message may be (" + least + ").",
                    "Set it to that or more.");
        }
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "ZmqSettings[enabled=" + enabled + ", address=" + address + ", port=" + port + ", curve="
                + !curveSecretKey.isEmpty() + "]";
    }
}
