package dev.sluice.frontend.access.key;

import dev.sluice.common.config.SettingRefused;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** API keys as YAML, as settings have them. What it says of a mistake tells no key: no value, and not what a parser says of its place. */
final class KeysYaml {

    private static final Bindable<List<KeySettings>> KEYS = Bindable.listOf(KeySettings.class);

    private final String whose;

    /** @param whose the text is, for errors */
    KeysYaml(String whose) {
        this.whose = whose;
    }

    /** @throws SettingRefused where it says nothing that makes sense */
    List<KeySettings> parse(byte[] text) throws IOException {
        List<PropertySource<?>> sources = sources(text);
        try {
            // What is misspelt would be left out, and a key be good for more than it is meant to be.
            return new Binder(ConfigurationPropertySources.from(sources))
                    .bind("keys", KEYS, new NoUnboundElementsBindHandler(BindHandler.DEFAULT))
                    .orElse(List.of());
        } catch (BindException e) {
            throw refusal(e);
        }
    }

    private List<PropertySource<?>> sources(byte[] text) throws IOException {
        try {
            if (!hasList(text)) {
                throw noKeys();
            }
            return new YamlPropertySourceLoader().load("keys", new ByteArrayResource(text));
        } catch (RuntimeException e) {
            throw noKeys();
        }
    }

    /** Once it is bound, keys that are not there look like a list with none, which would take all of them back. */
    private static boolean hasList(byte[] text) {
        Object whole = new Yaml(new SafeConstructor(new LoaderOptions())).load(new ByteArrayInputStream(text));
        return whole instanceof Map<?, ?> map && map.get("keys") instanceof List<?>;
    }

    private SettingRefused refusal(BindException e) {
        for (@Nullable Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof SettingRefused refused) {
                return refused;
            }
            if (cause instanceof UnboundConfigurationPropertiesException unbound) {
                return unknown(unbound);
            }
        }
        return noKeys();
    }

    private SettingRefused unknown(UnboundConfigurationPropertiesException unbound) {
        String names = unbound.getUnboundProperties().stream()
                .map(property -> property.getName().toString())
                .sorted()
                .collect(Collectors.joining(", "));
        return new SettingRefused(
                whose + " says what no key has: " + names + ".",
                "Correct the spelling, or take it out: a key has name, tenant, sha256 or key, actors, operator.");
    }

    private SettingRefused noKeys() {
        return new SettingRefused(
                whose + " is no list of keys.",
                "Write it as docs/security.md shows: keys: and below it an entry with name, tenant and sha256 for each;"
                        + " or keys: [] where there are to be none.");
    }
}
