package dev.sluice.frontend.access.key;

import dev.sluice.common.config.SettingRefused;
import dev.sluice.frontend.access.ActorPatterns;
import dev.sluice.frontend.access.Caller;
import dev.sluice.frontend.access.KnownCallers;
import dev.sluice.frontend.access.Rights;
import dev.sluice.frontend.access.SecretHash;
import dev.sluice.frontend.access.Tenants;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The API keys that are good now. Thread-safe: a change replaces all of them at once. */
public final class KeyRing implements KnownCallers.Keys {

    private static final Logger log = LoggerFactory.getLogger(KeyRing.class);

    private final Tenants tenants;
    private volatile Map<SecretHash, Entry> entries = Map.of();

    private record Entry(KeySettings key, Caller caller) {}

    public KeyRing(Tenants tenants) {
        this.tenants = tenants;
    }

    @Override
    public @Nullable Caller caller(SecretHash hash) {
        Entry entry = entries.get(hash);
        return entry == null ? null : entry.caller();
    }

    /**
     * From now on these are good, and no others. Who is connected with one that is not among them, or of which something else is said
     * now, has to connect again.
     *
     * @throws SettingRefused where one key is there twice; those before stay good then
     */
    public void replace(List<KeySettings> keys) {
        Map<SecretHash, Entry> next = new HashMap<>();
        for (KeySettings key : keys) {
            SecretHash hash = key.hash();
            Entry twice = next.put(hash, new Entry(key, caller(hash, key)));
            if (twice != null) {
                throw new SettingRefused(
                        "The entries " + twice.key().name() + " and " + key.name()
                                + " of sluice.access.keys have the same key.",
                        "Give each caller a key of its own.");
            }
        }
        entries = Map.copyOf(next);
        warnOfTenants(keys);
    }

    /** A tenant's name that is misspelt, in one place or the other, is one without limits. */
    private void warnOfTenants(List<KeySettings> keys) {
        String leftOut = keys.stream()
                .filter(key -> tenants.leaveOut(key.tenantName()))
                .map(key -> key.name() + " (of " + key.tenantName() + ")")
                .collect(Collectors.joining(", "));
        if (!leftOut.isEmpty()) {
            log.warn(
                    "Nothing limits what is asked for with these API keys, since sluice.access.tenants does not list their"
                            + " tenants: {}. List each, or set sluice.access.others; a name with other characters than"
                            + " letters, digits and hyphens stands in brackets there",
                    leftOut);
        }
    }

    private Caller caller(SecretHash hash, KeySettings key) {
        Rights rights = new Rights(
                ActorPatterns.of(key.actors()), tenants.of(key.tenantName()).actors(), key.operator());
        return new Caller(key.name(), key.tenantName(), rights, () -> isGood(hash, key));
    }

    private boolean isGood(SecretHash hash, KeySettings key) {
        Entry entry = entries.get(hash);
        return entry != null && entry.key().equals(key);
    }
}
