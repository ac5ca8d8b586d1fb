package dev.sluice.cli.status;

import dev.sluice.cli.output.Quantities;
import dev.sluice.cli.output.Table;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The routers' reports as tables. A member that is missing is a dash: routers may be older or newer than this program. */
final class RouterTables {

    private static final String NONE = "-";

    private RouterTables() {}

    static Table actors(List<JsonNode> rows) {
        Table table = new Table("ACTOR", "VERSION", "METHODS", "HOSTS", "REPLICAS");
        for (JsonNode row : rows) {
            table.row(
                    text(row, "name"),
                    text(row, "version"),
                    text(row, "methods"),
                    text(row, "hosts"),
                    text(row, "replicas"));
        }
        return table;
    }

    static Table replicas(List<JsonNode> rows) {
        Table table = new Table("REPLICA OF", "VERSION", "HOST", "STATE");
        for (JsonNode row : rows) {
            table.row(text(row, "actor"), text(row, "version"), text(row, "host"), text(row, "state"));
        }
        return table;
    }

    static Table pipelines(List<JsonNode> rows) {
        Table table = new Table("PIPELINE", "VERSION", "ROUTER", "RUNNING", "STEPS");
        for (JsonNode row : rows) {
            table.row(
                    text(row, "name"),
                    text(row, "version"),
                    text(row, "router"),
                    text(row, "running"),
                    text(row, "steps"));
        }
        return table;
    }

    static Table queues(List<JsonNode> rows) {
        Table table = new Table("QUEUE", "METHOD", "ROUTER", "SIZE", "BYTES");
        for (JsonNode row : rows) {
            JsonNode bytes = row.path("bytes");
            table.row(
                    text(row, "actor"),
                    text(row, "method"),
                    text(row, "router"),
                    text(row, "size"),
                    bytes.isNumber() ? Quantities.bytes(bytes.asLong()) : NONE);
        }
        return table;
    }

    /** A value as one cell; of a list its members, of objects their names. */
    private static String text(JsonNode row, String member) {
        JsonNode value = row.path(member);
        if (value.isArray()) {
            List<String> parts = new ArrayList<>();
            value.forEach(part -> parts.add(part.isObject() ? text(part, "name") : part.asString()));
            return parts.isEmpty() ? NONE : String.join(", ", parts);
        }
        return value.isMissingNode() || value.isNull() || value.isObject() ? NONE : value.asString();
    }
}
