package dev.sluice.frontend.access.key;

import dev.sluice.common.config.SettingRefused;
import dev.sluice.frontend.access.Secret;
import dev.sluice.frontend.access.SecretHash;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * An API key.
 *
 * @param name whose it is, for people
 * @param tenant whom queries with it are counted for; as the name where it is not set
 * @param key the key itself, at least 16 characters; or
 * @param sha256 the SHA-256 of the key, 64 hexadecimal digits, so that the settings do not give it away
 * @param actors names that it is good for, with {@code *} for any characters
 * @param operator whether it is good for loading models and for seeing what concerns all callers
 */
public record KeySettings(
        String name,
        @Nullable String tenant,
        @Nullable Secret key,
        @Nullable String sha256,
        @DefaultValue("*") List<String> actors,
        @DefaultValue("false") boolean operator) {

    private static final int SHORTEST = 16;

    /** @throws SettingRefused for what is no key; what it says names none */
    public KeySettings {
        if (name == null || name.isBlank()) {
            throw new SettingRefused(
                    "An entry of sluice.access.keys has no name.", "Name each, so that it can be told whose it is.");
        }
        if ((key == null) == (sha256 == null)) {
            throw refused(name, "either the key or its sha256", "Write one of them.");
        }
        if (key != null && key.text().length() < SHORTEST) {
            throw refused(
                    name,
                    "a key of at least " + SHORTEST + " characters",
                    "Draw one that nobody guesses, for instance with: openssl rand -hex 24");
        }
        if (sha256 != null && !sha256.matches("[0-9a-fA-F]{64}")) {
            throw refused(
                    name,
                    "a sha256 of 64 hexadecimal digits",
                    "Write what this prints: printf %s \"$key\" | sha256sum");
        }
        if (!isName(name) || tenant != null && !isName(tenant)) {
            throw refused(
                    name, "a name and a tenant of 1 to 128 printable ASCII characters without spaces", "Write such.");
        }
        actors = List.copyOf(actors);
    }

    private static boolean isName(String name) {
        return name.matches("[!-~]{1,128}");
    }

    String tenantName() {
        return tenant == null ? name : tenant;
    }

    SecretHash hash() {
        return sha256 != null ? SecretHash.parse(sha256) : SecretHash.of(Objects.requireNonNull(key, "one of them"));
    }

    private static SettingRefused refused(String name, String what, String action) {
        return new SettingRefused("The entry " + name + " of sluice.access.keys does not have " + what + ".", action);
    }
}
