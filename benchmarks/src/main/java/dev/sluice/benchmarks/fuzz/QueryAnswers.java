package dev.sluice.benchmarks.fuzz;

import dev.sluice.benchmarks.fuzz.Door.Wrong;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The right answers to queries, as far as they can be told from what was asked. */
final class QueryAnswers {

    private QueryAnswers() {}

    static void mustBeRight(HttpRequestText valid, HttpRequestText sent, Reply reply) throws Wrong {
        if (reply.status() != 200) {
            throw new Wrong("a success that nobody speaks of: " + reply);
        }
        if (!isRight(valid, sent, reply)) {
            throw new Wrong("a wrong result: " + reply);
        }
    }

    private static boolean isRight(HttpRequestText valid, HttpRequestText sent, Reply reply) {
        if (sent.method().equals("GET")) {
            return reply.json().isObject();
        }
        if (!sent.path().equals(valid.path()) || !sent.type().equals(valid.type())) {
            // Another actor, or one that is asked in another way; but somebody has to have been asked.
            return reply.isAnswerToQuery();
        }
        if (!sent.isJson()) {
            return Arrays.equals(sent.body(), reply.body());
        }
        JsonNode input = Reply.json(sent.body()).path("input");
        if (reply.isEvents()) {
            return reply.data().equals(resultsOf(sent.path(), input));
        }
        JsonNode envelope = reply.json();
        return envelope.path("success").asBoolean(false)
                && envelope.path("actor").asString("").equals(actor(sent.path()))
                && isResult(sent.path(), input, envelope.path("result"));
    }

    private static String actor(String path) {
        return path.split("/")[1];
    }

    private static boolean isResult(String path, JsonNode input, JsonNode result) {
        return switch (actor(path)) {
            case "vadder" ->
                input.isIntegralNumber() && result.isIntegralNumber() && result.longValue() == input.longValue() + 1;
            case "ticks" ->
                result.isArray()
                        && result.valueStream().map(JsonNode::toString).toList().equals(resultsOf(path, input));
            default -> result.equals(input);
        };
    }

    /** Each as JSON. */
    private static List<String> resultsOf(String path, JsonNode input) {
        if (!actor(path).equals("ticks")) {
            return List.of(actor(path).equals("vadder") ? Long.toString(input.longValue() + 1) : input.toString());
        }
        List<String> ticks = new ArrayList<>();
        for (int i = 1; i <= input.intValue(); i++) {
            ticks.add(Integer.toString(i));
        }
        return ticks;
    }
}
