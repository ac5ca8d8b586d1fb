package dev.sluice.frontend.flight.command;

import dev.sluice.frontend.query.QueryOptions;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A small object that stands in a descriptor, a ticket or a message's metadata. What is not known in it is a mistake. */
record JsonObject(String what, JsonNode members) {

    /** It becomes a tree of objects, which has many times that. */
    private static final int MOST_BYTES = 1024 * 1024;

    /** No digit of a decimal is lost on its way through. */
    static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /**
     * @param what for instance {@code ticket}
     * @throws dev.sluice.common.error.QueryException {@code INVALID_INPUT} for what is no such object
     */
    static JsonObject read(byte[] bytes, String what, Set<String> known) {
        if (bytes.length > MOST_BYTES) {
            throw QueryOptions.invalid("The " + what + " has " + bytes.length + " bytes, and may have " + MOST_BYTES
                    + ": send a large input as record batches by DoExchange, or over HTTP.");
        }
        JsonNode read;
        try {
            read = MAPPER.readTree(bytes);
        } catch (JacksonException | NumberFormatException e) {
            throw QueryOptions.invalid("The " + what + " is no JSON: it may have the members " + sorted(known) + ".");
        }
        if (!read.isObject()) {
            throw QueryOptions.invalid(
                    "The " + what + " is no JSON object: it may have the members " + sorted(known) + ".");
        }
        for (String name : read.propertyNames()) {
            if (!known.contains(name)) {
                throw QueryOptions.invalid("The " + what + " has the member \"" + shortened(name) + "\"; there are "
                        + sorted(known) + ".");
            }
        }
        return new JsonObject(what, read);
    }

    private static Set<String> sorted(Set<String> known) {
        return new TreeSet<>(known);
    }

    private static String shortened(String name) {
        return name.length() > 64 ? name.substring(0, 64) + "..." : name;
    }

    /** Null where there is none. */
    @Nullable String text(String name) {
        JsonNode value = members.get(name);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isString()) {
            throw QueryOptions.invalid("The member \"" + name + "\" of the " + what + " must be a text.");
        }
        return value.asString();
    }

    /** Null where there is none. */
    @Nullable JsonNode value(String name) {
        return members.get(name);
    }

    long sloNanos() {
        JsonNode slo = members.get("slo_ms");
        if (slo == null || slo.isNull()) {
            return 0;
        }
        if (!slo.isNumber()) {
            throw QueryOptions.invalid("slo_ms must be a number of milliseconds.");
        }
        return QueryOptions.sloNanos(slo.decimalValue().doubleValue(), "slo_ms");
    }

    int priority() {
        JsonNode priority = members.get("priority");
        if (priority == null || priority.isNull()) {
            return 0;
        }
        if (!priority.isIntegralNumber() || !priority.canConvertToLong()) {
            throw QueryOptions.invalid("priority must be a whole number between 0 (unset) and "
                    + QueryOptions.MAX_PRIORITY + "; 1 is the highest.");
        }
        return QueryOptions.priority(priority.asLong(), "priority");
    }

    @Nullable String id() {
        String id = text("id");
        return id == null ? null : QueryOptions.id(id, "id");
    }
}
