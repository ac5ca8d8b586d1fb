package dev.sluice.host.sql.engine;

import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Looks through a parsed statement for anything but reading. */
final class ReadOnlyCheck {

    /** Of the nodes that the parser makes of whole queries, those that only read. */
    private static final Set<String> READING =
            Set.of("SELECT_NODE", "SET_OPERATION_NODE", "RECURSIVE_CTE_NODE", "CTE_NODE");

    private static final String ONE_SELECT = " A file has one statement that reads: SELECT, WITH, VALUES or FROM.";

    private ReadOnlyCheck() {}

    /**
     * @param parsed what DuckDB's {@code json_serialize_sql} said
     * @throws IllegalArgumentException with a sentence, where it is not one statement that only reads
     */
    static void check(JsonNode parsed) {
        if (parsed.path("error").asBoolean(true)) {
            String message = parsed.path("error_message").asString("it is no SQL");
            throw new IllegalArgumentException(
                    parsed.path("error_type").asString("").equals("parser")
                            ? "The statement cannot be read: " + message
                            : "The statement is refused: " + message + ONE_SELECT);
        }
        int statements = parsed.path("statements").size();
        if (statements != 1) {
            throw new IllegalArgumentException("There are " + statements + " statements." + ONE_SELECT);
        }
        refuseWriting(parsed);
    }

    private static void refuseWriting(JsonNode node) {
        String type = node.path("type").asString("");
        if (type.endsWith("_NODE") && !READING.contains(type)) {
            throw new IllegalArgumentException("The statement writes (" + type + ")." + ONE_SELECT);
        }
        for (JsonNode child : node) {
            refuseWriting(child);
        }
    }
}
