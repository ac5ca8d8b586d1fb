package dev.sluice.benchmarks.fuzz;

import dev.sluice.benchmarks.fuzz.Door.Wrong;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What a refusal has to look like. */
final class Problems {

    private Problems() {}

    /** @throws Wrong where it does not say what is wrong, or that it is the server's fault */
    static void mustBeOne(Reply reply) throws Wrong {
        mustBeOne(reply, Set.of());
    }

    /**
     * As the other.
     *
     * @param codes that may be told though the caller did nothing wrong: the actor cannot do it, or not in the time that was asked for
     */
    static void mustBeOne(Reply reply, Set<String> codes) throws Wrong {
        JsonNode problem = reply.json();
        if (!problem.isObject()) {
            throw new Wrong(reply.status() + " without a problem in it: " + reply.text());
        }
        boolean theirFault = reply.status() >= 400 && reply.status() < 500;
        if (!(theirFault || codes.contains(problem.path("code").asString(""))) || isSilent(problem)) {
            throw new Wrong(reply.status() + ": " + reply.text());
        }
    }

    /** A problem has a sentence; the error of a path that is nobody's at least a word. */
    private static boolean isSilent(JsonNode problem) {
        return problem.path("detail").asString("").isEmpty()
                && problem.path("error").asString("").isEmpty();
    }
}
