package dev.sluice.router.config;

import dev.sluice.common.config.SettingRefused;
import dev.sluice.common.config.StopTime;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of a router.
 *
 * @param maxQueueSize the most queries that may wait for one actor
 * @param maxQueueBytes the most bytes that may wait for one actor; all that may be held, where it is not set
 * @param maxRetained the most bytes that all queries in this router may hold together; three quarters of the JVM's direct
 *     memory, but not more than half of its heap, where it is not set
 * @param mostStarts how often an idempotent query may be started before the loss of its hosts is held against it
 * @param hold how long queries wait for a replica when there is none at all
 * @param drainTimeout how long a stopping router waits for what it holds
 * @param idleTimeout how long a connection to its HTTP port may be open without a request or a link before it is closed
 */
@ConfigurationProperties("sluice.router")
public record RouterProperties(
        @DefaultValue("100000") int maxQueueSize,
        @Nullable DataSize maxQueueBytes,
        @Nullable DataSize maxRetained,
        @DefaultValue("3") int mostStarts,
        @DefaultValue("5s") Duration hold,
        @DefaultValue("15s") Duration drainTimeout,
        @DefaultValue("2m") Duration idleTimeout) {

    public RouterProperties {
        positive("max-queue-size", maxQueueSize);
        positive("max-queue-bytes", maxQueueBytes == null ? 1 : maxQueueBytes.toBytes());
        positive("max-retained", maxRetained == null ? 1 : maxRetained.toBytes());
        positive("most-starts", mostStarts);
        notNegative("hold", hold);
        notNegative("drain-timeout", drainTimeout);
        positive("idle-timeout", idleTimeout.toMillis());
    }

    /**
     * What all queries may hold together, in bytes.
     *
     * @throws SettingRefused where that is more than the JVM has
     */
    long retainedBytes(JvmMemory jvm) {
        if (maxRetained == null) {
            return jvm.forQueries();
        }
        if (maxRetained.toBytes() > jvm.directBytes()) {
            throw new SettingRefused(
                    "sluice.router.max-retained is " + maxRetained.toBytes() + " bytes, but this JVM has "
                            + jvm.directBytes() + " bytes of direct memory.",
                    "Lower it, or start the JVM with a larger -XX:MaxDirectMemorySize.");
        }
        return maxRetained.toBytes();
    }

    /**
     * What may wait for one actor, in bytes.
     *
     * @throws SettingRefused where that is more than all queries together may hold
     */
    long queueBytes(JvmMemory jvm) {
        long retained = retainedBytes(jvm);
        if (maxQueueBytes == null) {
            return retained;
        }
        if (maxQueueBytes.toBytes() > retained) {
            throw new SettingRefused(
                    "sluice.router.max-queue-bytes is " + maxQueueBytes.toBytes()
                            + " bytes, and all queries together may" + " hold " + retained
                            + " (sluice.router.max-retained), so it could never be used.",
                    "Lower the first or raise the second.");
        }
        return maxQueueBytes.toBytes();
    }

    /** @throws SettingRefused where Spring would end the stop before the drain has had its time */
    void fitsInto(Duration shutdownPhase) {
        new StopTime(shutdownPhase).mustHold("sluice.router.drain-timeout", drainTimeout);
    }

    private static void notNegative(String key, Duration value) {
        if (value.isNegative()) {
            throw new SettingRefused(
                    "sluice.router." + key + " is " + value.toMillis() + " ms, and time does not run backwards.",
                    "Write 0s or more, or leave the default.");
        }
    }

    private static void positive(String key, long value) {
        if (value < 1) {
            throw new SettingRefused(
                    "sluice.router." + key + " is " + value + ", so that nothing could ever be served.",
                    "Write 1 or more, or leave the default.");
        }
    }
}
