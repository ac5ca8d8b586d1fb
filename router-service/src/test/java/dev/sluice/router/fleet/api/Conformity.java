package dev.sluice.router.fleet.api;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Holds JSON against as much of JSON Schema as the document of the control API uses; what it does not know it does not forgive. */
final class Conformity {

    private static final List<String> KNOWN = List.of(
            "$ref",
            "type",
            "required",
            "additionalProperties",
            "properties",
            "items",
            "enum",
            "oneOf",
            "pattern",
            "maxLength",
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "description",
            "format");

    private final JsonNode document;

    Conformity(JsonNode document) {
        this.document = document;
    }

    /** What is wrong, none where nothing is. */
    List<String> of(JsonNode value, JsonNode schema) {
        List<String> wrong = new ArrayList<>();
        check(value, schema, "$", wrong);
        return wrong;
    }

    private void check(JsonNode value, JsonNode schema, String at, List<String> wrong) {
        String ref = schema.path("$ref").asString("");
        if (!ref.isEmpty()) {
            check(value, document.at(ref.substring(1)), at, wrong);
            return;
        }
        schema.propertyNames().stream()
                .filter(keyword -> !KNOWN.contains(keyword))
                .forEach(keyword -> wrong.add(at + ": the keyword " + keyword + " is not known here"));
        if (schema.has("oneOf")) {
            long fit = schema.path("oneOf")
                    .valueStream()
                    .filter(one -> of(value, one).isEmpty())
                    .count();
            if (fit != 1) {
                wrong.add(at + " fits " + fit + " of oneOf");
            }
        }
        if (schema.has("type") && !hasType(value, schema.path("type"))) {
            wrong.add(at + " is " + value + ", no " + schema.path("type"));
        }
        if (schema.has("enum") && schema.path("enum").valueStream().noneMatch(value::equals)) {
            wrong.add(at + " is " + value + ", none of " + schema.path("enum"));
        }
        if (value.isString() && !value.asString().matches(schema.path("pattern").asString("(?s).*"))) {
            wrong.add(at + " does not match " + schema.path("pattern"));
        }
        checkNumber(value, schema, at, wrong);
        checkMembers(value, schema, at, wrong);
        if (value.isArray() && schema.has("items")) {
            for (int i = 0; i < value.size(); i++) {
                check(value.get(i), schema.path("items"), at + "[" + i + "]", wrong);
            }
        }
    }

    private static boolean hasType(JsonNode value, JsonNode type) {
        if (type.isArray()) {
            return type.valueStream().anyMatch(one -> hasType(value, one));
        }
        return switch (type.asString()) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isString();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            case "null" -> value.isNull();
            default -> false;
        };
    }

    private static void checkNumber(JsonNode value, JsonNode schema, String at, List<String> wrong) {
        if (value.isNumber()) {
            double number = value.asDouble();
            boolean within = number >= schema.path("minimum").asDouble(Double.NEGATIVE_INFINITY)
                    && number <= schema.path("maximum").asDouble(Double.POSITIVE_INFINITY)
                    && number > schema.path("exclusiveMinimum").asDouble(Double.NEGATIVE_INFINITY);
            if (!within) {
                wrong.add(at + " is " + value + ", out of bounds");
            }
        }
    }

    private void checkMembers(JsonNode value, JsonNode schema, String at, List<String> wrong) {
        if (!value.isObject()) {
            return;
        }
        schema.path("required").forEach(name -> {
            if (!value.has(name.asString())) {
                wrong.add(at + " has no " + name.asString());
            }
        });
        JsonNode others = schema.path("additionalProperties");
        value.properties().forEach(member -> {
            String below = at + "." + member.getKey();
            JsonNode known = schema.path("properties").path(member.getKey());
            if (!known.isMissingNode()) {
                check(member.getValue(), known, below, wrong);
            } else if (others.isBoolean() && !others.asBoolean()) {
                wrong.add(below + " is unknown");
            } else if (others.isObject()) {
                check(member.getValue(), others, below, wrong);
            }
        });
    }
}
