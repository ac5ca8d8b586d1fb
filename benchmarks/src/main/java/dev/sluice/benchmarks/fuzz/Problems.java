package dev.sluice.benchmarks.fuzz;

import dev.sluice.benchmarks.fuzz.Door.Wrong;
import dev.sluice.benchmarks.fuzz.HttpWire.Reply;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a refusal has to look like. */
final class Problems {

    /** What may be told to input that makes sense, since the actor itself cannot do it, or not in the time that it asks for. */
    private static final Set<String> OF_A_QUERY = Set.of("FAILED", "EXPIRED", "UNMEETABLE");

    private Problems() {}

    /** @throws Wrong where it does not say what is wrong, or that it is the server's fault */
    static void mustBeOne(HttpRequestText sent, Reply reply) throws Wrong {
        if (reply.status() == 400 && !sent.hasAddress()) {
            // That is no HTTP; whoever writes it does not read sentences.
            return;
        }
        JsonNode problem;
        try {
            problem = JsonMapper.shared().readTree(reply.body());
        } catch (JacksonException e) {
            throw new Wrong(reply.status() + " without a problem in it: " + reply.text());
        }
        String code = problem.path("code").asString("");
        boolean theirFault = reply.status() >= 400 && reply.status() < 500 || OF_A_QUERY.contains(code);
        if (!theirFault || isSilent(problem)) {
            throw new Wrong(reply.status() + ": " + reply.text());
        }
    }

    /** A problem has a sentence; the error of a path that is nobody's at least a word. */
    private static boolean isSilent(JsonNode problem) {
        return problem.path("detail").asString("").isEmpty()
                && problem.path("error").asString("").isEmpty();
    }
}
