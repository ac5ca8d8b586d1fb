package dev.sluice.router.config;

import dev.sluice.common.config.SettingRefused;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of a router.
 *
 * @param maxQueueSize the most queries that may wait for one actor
 * @param maxQueueBytes the most bytes that may wait for one actor
 * @param maxRetained the most bytes that all queries in this router may hold together
 * @param mostStarts how often an idempotent query may be started before the loss of its hosts is held against it
 * @param hold how long queries wait for a replica when there is none at all
 * @param drainTimeout how long a stopping router waits for what it holds
 */
@ConfigurationProperties("sluice.router")
public record RouterProperties(
        @DefaultValue("100000") int maxQueueSize,
        @DefaultValue("192MB") DataSize maxQueueBytes,
        @DefaultValue("256MB") DataSize maxRetained,
        @DefaultValue("3") int mostStarts,
        @DefaultValue("5s") Duration hold,
        @DefaultValue("15s") Duration drainTimeout) {

    public RouterProperties {
        positive("max-queue-size", maxQueueSize);
        positive("max-queue-bytes", maxQueueBytes.toBytes());
        positive("max-retained", maxRetained.toBytes());
        positive("most-starts", mostStarts);
        if (maxQueueBytes.compareTo(maxRetained) > 0) {
            throw new SettingRefused(
                    "sluice.router.max-queue-bytes is more than sluice.router.max-retained, so it could never be used.",
                    "Lower the first or raise the second.");
        }
    }

    private static void positive(String key, long value) {
        if (value < 1) {
            throw new SettingRefused(
                    "sluice.router." + key + " is " + value + ", so that nothing could ever be queued.",
                    "Write 1 or more, or leave the default.");
        }
    }
}
