package dev.sluice.router.fleet.file;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The JSON Schema of the actors file, for editors. It comes from what the file is read by. */
public final class ActorsSchema {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private ActorsSchema() {}

    /** As it is in {@code docs/actors.schema.json}. */
    public static String text() {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", "Sluice actors file");
        schema.put("description", "What is wanted of actors, as routers read it at their start.");
        schema.putAll(ActorsShape.fileSchema());
        return MAPPER.writeValueAsString(schema).replace("\r\n", "\n") + "\n";
    }
}
