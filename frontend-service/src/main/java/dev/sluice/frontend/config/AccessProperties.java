package dev.sluice.frontend.config;

import dev.sluice.common.config.SettingRefused;
import dev.sluice.frontend.access.ActorPatterns;
import dev.sluice.frontend.access.Quota;
import dev.sluice.frontend.access.Tenant;
import dev.sluice.frontend.access.Tenants;
import dev.sluice.frontend.access.key.KeySettings;
import dev.sluice.frontend.access.token.TokenSettings;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Who may call, and how much. What is misspelt stops the start: left out, it would leave a caller with more than is meant for it.
 *
 * @param open whether nobody is asked who they are; not set: where no keys and no tokens are, and the frontend listens on loopback alone
 * @param keys API keys
 * @param keysFile a file with more of them, as YAML under {@code keys}, which is read again when it changes
 * @param keysFileEvery how often that is looked at
 * @param jwt tokens of an identity provider
 * @param tenants what each tenant may, by its name
 * @param others what each tenant may that is not among those
 */
@Validated
@ConfigurationProperties(value = "sluice.access", ignoreUnknownFields = false)
public record AccessProperties(
        @Nullable Boolean open,
        @DefaultValue List<KeySettings> keys,
        @Nullable String keysFile,

        @DefaultValue("5s") @NotNull @DurationMin(millis = 10)
        Duration keysFileEvery,

        @Nullable TokenSettings jwt,
        @DefaultValue Map<String, TenantProperties> tenants,
        @Nullable TenantProperties others) {

    /** @throws SettingRefused where everybody is let in, and asked for credentials or held to actors too */
    public AccessProperties {
        keys = List.copyOf(keys);
        tenants = Map.copyOf(tenants);
        keysFile = keysFile == null || keysFile.isBlank() ? null : keysFile;
        jwt = jwt == null || !jwt.isSet() ? null : jwt;
        if (Boolean.TRUE.equals(open) && (!keys.isEmpty() || keysFile != null || jwt != null)) {
            throw new SettingRefused(
                    "sluice.access.open is true, so that nobody is asked for the keys or tokens that are set beside it.",
                    "Leave sluice.access.open out, or set it to false.");
        }
        if (Boolean.FALSE.equals(open) && keys.isEmpty() && keysFile == null && jwt == null) {
            throw new SettingRefused(
                    "sluice.access.open is false, and there are no keys and no tokens, so that nobody could call.",
                    "Set sluice.access.keys, sluice.access.keys-file or sluice.access.jwt, as docs/security.md shows.");
        }
        if (keys.isEmpty() && keysFile == null && jwt == null && limitsActors(tenants, others)) {
            throw new SettingRefused(
                    "sluice.access.tenants says which actors a tenant may call, and nobody is asked who they are, so that all"
                            + " could call them.",
                    "Set sluice.access.keys, sluice.access.keys-file or sluice.access.jwt beside it, or leave the actors out.");
        }
    }

    private static boolean limitsActors(Map<String, TenantProperties> tenants, @Nullable TenantProperties others) {
        return Stream.concat(tenants.values().stream(), Stream.ofNullable(others))
                .anyMatch(tenant -> tenant.tenant().actors() != ActorPatterns.ANY);
    }

    /** Whether callers have to show who they are. */
    boolean asks() {
        return !keys.isEmpty() || keysFile != null || jwt != null;
    }

    @Nullable Path file() {
        return keysFile == null ? null : Path.of(keysFile);
    }

    Tenants allTenants() {
        return new Tenants(
                tenants.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, entry -> entry.getValue().tenant())),
                others == null ? Tenant.FREE : others.tenant());
    }

    /**
     * What a tenant may.
     *
     * @param actors names of those that it may call, with {@code *} for any characters
     * @param queriesPerSecond of each frontend; null: as many as it likes
     * @param burst queries that may come at once after a pause; a second's unless it is set
     */
    public record TenantProperties(
            @DefaultValue("*") List<String> actors,
            @Nullable Double queriesPerSecond,
            @Nullable Long burst) {

        private static final double FEWEST = 0.001;
        private static final double MOST = 1e7;

        /** @throws SettingRefused for a quota that is none */
        public TenantProperties {
            actors = List.copyOf(actors);
            if (queriesPerSecond != null && !(queriesPerSecond >= FEWEST && queriesPerSecond <= MOST)) {
                throw new SettingRefused(
                        "sluice.access.tenants has queries-per-second of " + queriesPerSecond + ".",
                        "Write a number between 0.001 and 10000000, or leave it out.");
            }
            if (burst != null && (burst < 1 || queriesPerSecond == null)) {
                throw new SettingRefused(
                        "sluice.access.tenants has a burst of " + burst
                                + (queriesPerSecond == null ? " without queries-per-second." : "."),
                        "Write how many queries may come at once, at least 1, beside queries-per-second.");
            }
        }

        Tenant tenant() {
            return new Tenant(ActorPatterns.of(actors), queriesPerSecond == null ? null : quota(queriesPerSecond));
        }

        private Quota quota(double perSecond) {
            return new Quota(perSecond, burst != null ? burst : Math.max(1, (long) Math.ceil(perSecond)));
        }
    }
}
