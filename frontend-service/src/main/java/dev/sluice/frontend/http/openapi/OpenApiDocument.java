package dev.sluice.frontend.http.openapi;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.actor.ActorNames;
import dev.sluice.common.actor.MethodDescriptor;
import dev.sluice.frontend.http.catalogue.PathSegments;
import dev.sluice.frontend.query.QueryOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Describes the published actors as OpenAPI 3.1: one path for each method. */
final class OpenApiDocument {

    private static final Map<String, Object> PROBLEM = ref("#/components/responses/Problem");

    private OpenApiDocument() {}

    static Map<String, Object> of(List<ActorDescriptor> actors) {
        Map<String, Object> paths = new LinkedHashMap<>();
        for (ActorDescriptor actor : actors) {
            String actorPath = "/" + PathSegments.encoded(actor.name());
            for (MethodDescriptor method : actor.methods()) {
                paths.put(PathSegments.of(actorPath, method), ordered("post", operation(actor, method)));
            }
        }
        return ordered(
                "openapi",
                "3.1.0",
                "info",
                ordered(
                        "title", "Sluice",
                        "description", "The actors that this frontend serves at the moment.",
                        "version", "1"),
                "paths",
                paths,
                "components",
                components());
    }

    private static Map<String, Object> operation(ActorDescriptor actor, MethodDescriptor method) {
        String summary = actor.description().isBlank() ? actor.name() : actor.description();
        return ordered(
                "tags", List.of(actor.name()),
                "operationId", actor.name() + "." + method.name(),
                "summary", summary,
                "description", facts(actor, method),
                "requestBody", ordered("required", true, "content", requestContent(method)),
                "responses", ordered("200", result(actor, method), "default", PROBLEM));
    }

    private static String facts(ActorDescriptor actor, MethodDescriptor method) {
        return "Version " + actor.version() + ", SLO " + actor.sloMillis() + " ms where the call names none, "
                + (method.batched() ? "batches of up to " + method.maxBatchSize() : "one query at a time")
                + (method.streaming() ? ", streams its results" : "") + ".";
    }

    private static Map<String, Object> requestContent(MethodDescriptor method) {
        Map<String, Object> content = ordered(
                "application/json",
                ordered(
                        "schema",
                        ordered(
                                "type",
                                "object",
                                "required",
                                List.of("input"),
                                "additionalProperties",
                                false,
                                "properties",
                                ordered(
                                        "input", JsonSchemas.of(method.inputType()),
                                        "slo_ms", ordered("type", "number", "exclusiveMinimum", 0),
                                        "priority",
                                                ordered(
                                                        "type",
                                                        "integer",
                                                        "minimum",
                                                        0,
                                                        "maximum",
                                                        QueryOptions.MAX_PRIORITY),
                                        "version", ordered("type", "string", "maxLength", ActorNames.MAX_LENGTH),
                                        "id", ordered("type", "string", "maxLength", QueryOptions.MAX_ID_LENGTH)))));
        if (JsonSchemas.isBinary(method.inputType())) {
            content.put("application/octet-stream", ordered("schema", ordered("type", "string", "format", "binary")));
        }
        return content;
    }

    private static Map<String, Object> result(ActorDescriptor actor, MethodDescriptor method) {
        Map<String, Object> one = JsonSchemas.of(method.outputType());
        Map<String, Object> content = ordered(
                "application/json",
                ordered(
                        "schema",
                        ordered(
                                "type",
                                "object",
                                "properties",
                                ordered(
                                        "success", ordered("const", true),
                                        "actor", ordered("const", actor.name()),
                                        "result", isMany(method) ? ordered("type", "array", "items", one) : one))));
        if (method.streamsOneBody()) {
            content.put(method.outputType(), ordered("schema", ordered("type", "string", "format", "binary")));
        }
        if (method.streaming()) {
            content.put("text/event-stream", ordered("schema", ordered("type", "string")));
        }
        return ordered("description", "The result", "content", content);
    }

    private static boolean isMany(MethodDescriptor method) {
        return method.streaming() && !method.streamsOneBody();
    }

    private static Map<String, Object> components() {
        Map<String, Object> problem = ordered(
                "type",
                "object",
                "properties",
                ordered(
                        "type", ordered("type", "string"),
                        "title", ordered("type", "string"),
                        "status", ordered("type", "integer"),
                        "detail", ordered("type", "string"),
                        "code", ordered("type", "string"),
                        "actor", ordered("type", "string"),
                        "retryable", ordered("type", "boolean"),
                        "success", ordered("const", false)));
        return ordered(
                "schemas", ordered("Problem", problem),
                "responses",
                        ordered(
                                "Problem",
                                ordered(
                                        "description",
                                        "Why there is no result",
                                        "content",
                                        ordered(
                                                "application/problem+json",
                                                ordered("schema", ref("#/components/schemas/Problem"))))));
    }

    private static Map<String, Object> ref(String to) {
        return ordered("$ref", to);
    }

    private static Map<String, Object> ordered(Object... namesAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return map;
    }
}
