package dev.sluice.sdk.config;

import dev.sluice.common.config.SettingRefused;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of a host.
 *
 * @param actorsDir a folder with jars of actors
 * @param slots replicas that this host has room for; 0: eight more than its own configuration starts, and at least 16
 * @param stuckAfter a replica that works on one batch for so long is replaced
 * @param kind of machine, for instance {@code gpu-a}: routers learn batch times for each kind, so name few; empty where all are
 *     alike
 * @param healthCheck how often replicas that have nothing to do are asked whether they can serve, by the actor's
 *     {@code @HealthCheck}; 0s: never
 * @param drainTimeout how long a stopping host waits for the batches that it accepted
 */
@ConfigurationProperties("sluice.host")
public record HostProperties(
        @Nullable Path actorsDir,
        @DefaultValue("0") int slots,
        @DefaultValue("30m") Duration stuckAfter,
        @DefaultValue("") String kind,
        @DefaultValue("5s") Duration healthCheck,
        @DefaultValue("15s") Duration drainTimeout) {

    public HostProperties {
        if (slots < 0) {
            throw new SettingRefused(
                    "sluice.host.slots is " + slots + ".", "Write how many replicas this host may run, or 0.");
        }
        if (stuckAfter.isNegative() || stuckAfter.isZero()) {
            throw new SettingRefused(
                    "sluice.host.stuck-after is " + stuckAfter + ", so that every batch would be taken for stuck.",
                    "Write a time that no good batch takes, for instance 5m.");
        }
        if (!kind.matches("[A-Za-z0-9_.-]{0,32}")) {
            throw new SettingRefused(
                    "sluice.host.kind is '" + kind + "'.",
                    "Write up to 32 letters, digits, dots, dashes and underscores, or nothing.");
        }
        if (healthCheck.isNegative()) {
            throw new SettingRefused(
                    "sluice.host.health-check is " + healthCheck + ".",
                    "Write how often replicas are asked whether they can serve, for instance 5s, or 0s for never.");
        }
        if (drainTimeout.isNegative()) {
            throw new SettingRefused(
                    "sluice.host.drain-timeout is " + drainTimeout + ".",
                    "Write how long a stopping host may wait for its batches, for instance 15s, or 0s.");
        }
    }
}
