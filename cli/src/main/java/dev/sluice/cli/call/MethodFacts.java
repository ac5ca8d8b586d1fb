package dev.sluice.cli.call;

import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What a call has to know of a method beforehand; where nothing is known, it is an ordinary one that takes JSON. */
record MethodFacts(boolean streaming, boolean takesBytes) {

    static final MethodFacts UNKNOWN = new MethodFacts(false, false);

    private static final Set<String> BYTES = Set.of("Content", "byte[]", "ByteBuffer", "InputStream");

    /** From a frontend's description of the actor. */
    static MethodFacts of(JsonNode actor, String method) {
        for (JsonNode candidate : actor.path("methods")) {
            if (method.equals(candidate.path("name").asString(""))) {
                return new MethodFacts(
                        candidate.path("streaming").asBoolean(false),
                        BYTES.contains(candidate.path("input").asString("")));
            }
        }
        return UNKNOWN;
    }
}
