package dev.sluice.router.config;

import dev.sluice.common.config.SettingRefused;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where a router finds what is wanted of actors.
 *
 * @param store where it keeps what operators change: {@code file}, for a router that is the only one, or {@code redis}, which several
 *     share; it is found by {@code spring.data.redis.*}
 * @param dir the folder of the store {@code file}
 * @param redisPrefix of the store's keys in Redis: platforms that share one Redis have different ones
 * @param actorsFile what is wanted of actors unless operators say otherwise; read at the start
 * @param startTimeout how long the replicas of a version that is rolled out may take to be ready before it goes back
 */
@ConfigurationProperties("sluice.fleet")
public record FleetProperties(
        @DefaultValue(FleetProperties.FILE) String store,
        @DefaultValue("data/fleet") Path dir,
        @DefaultValue("sluice") String redisPrefix,
        @Nullable Path actorsFile,
        @DefaultValue("2m") Duration startTimeout) {

    static final String FILE = "file";
    static final String REDIS = "redis";

    /** No braces: what stands within them decides where a cluster keeps a key. */
    private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9._:-]{1,100}");

    public FleetProperties {
        if (!Set.of(FILE, REDIS).contains(store)) {
            throw new SettingRefused(
                    "sluice.fleet.store is '" + store + "'.",
                    "Write 'file' (this router is the only one) or 'redis' (several share it).");
        }
        if (!PREFIX.matcher(redisPrefix).matches()) {
            throw new SettingRefused(
                    "sluice.fleet.redis-prefix is '" + redisPrefix + "'.",
                    "Write 1 to 100 letters, digits, '.', '_', ':' or '-'.");
        }
        if (startTimeout.isNegative() || startTimeout.isZero()) {
            throw new SettingRefused(
                    "sluice.fleet.start-timeout is " + startTimeout.toMillis()
                            + " ms, so that no version could ever be rolled out.",
                    "Write more than 0s, or leave the default.");
        }
    }
}
