package dev.sluice.router.fleet.api;

import dev.sluice.router.fleet.file.ActorBodies;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The OpenAPI document: {@code control-api.yaml}, with the schemas of what operators write from the shapes that read it, so that the
 * two never differ.
 */
final class OpenApi {

    private static final String RESOURCE = "control-api.yaml";

    private OpenApi() {}

    /** Blocks. */
    static Map<String, Object> document() {
        try (InputStream resource = OpenApi.class.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new IllegalStateException(RESOURCE + " is missing from this jar");
            }
            Map<String, Object> document = new Yaml(new SafeConstructor(new LoaderOptions())).load(resource);
            Map<String, Object> components = member(document, "components");
            Map<String, Object> schemas = member(components, "schemas");
            schemas.putAll(ActorBodies.schemas());
            components.put("schemas", schemas);
            document.put("components", components);
            return document;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Object> member(Map<String, Object> of, String name) {
        Map<String, Object> member = new LinkedHashMap<>();
        if (of.get(name) instanceof Map<?, ?> map) {
            map.forEach((key, value) -> member.put(String.valueOf(key), value));
        }
        return member;
    }
}
