package dev.sluice.benchmarks.fuzz;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Whether what a router took is what is wanted afterwards. Each gives what is not, in words, or nothing. */
final class ControlGoals {

    private static final Pattern DURATION = Pattern.compile("([0-9]{1,12})(ms|s|m|h|d)");
    private static final Map<String, Long> MILLIS =
            Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);

    private ControlGoals() {}

    static String missed(HttpRequestText sent, JsonNode before, JsonNode after) {
        String unexpected = unexpected(sent, before);
        if (!unexpected.isEmpty()) {
            return unexpected;
        }
        JsonNode body = Reply.json(sent.body());
        String verb = sent.path().substring(ControlRequests.ACTOR.length());
        return switch (sent.method() + verb) {
            case "PUT" -> missedOfVersion(body, after, List.of("type", "slo", "max-batch-size", "idempotent", "args"));
            case "DELETE" -> absent(after, "goal");
            case "POST/scale" -> missedOfScale(body, after.path("goal").path("replicas"));
            case "PUT/shadow" ->
                differing(body, after.path("shadow"), List.of("version", "type", "percent", "replicas"));
            case "DELETE/shadow" -> absent(after, "shadow");
            case "POST/rollout" ->
                servesAlready(body, before)
                        ? changed(before, after)
                        : missedOfVersion(body, after, List.of("type", "weight", "steps", "step-time"));
            case "POST/promote" -> promoted(before, after);
            case "POST/rollback" -> rolledBack(before, after);
            default -> "nobody knows what it does";
        };
    }

    static String missedOfHost(HttpRequestText sent, JsonNode hosts) {
        boolean drained = hosts.path("hosts")
                .valueStream()
                .filter(host -> host.path("node").asString("").equals(ControlRequests.HOST))
                .anyMatch(host -> host.path("drained").asBoolean(false));
        return drained == sent.path().endsWith("/drain") ? "" : "drained is " + drained;
    }

    static String missedOfPipeline(HttpRequestText sent, JsonNode view) {
        JsonNode steps = Reply.json(sent.body()).path("pipeline").path("steps");
        JsonNode wanted = view.path("goal").path("pipeline").path("steps");
        return steps.isObject() && !steps.propertyNames().equals(wanted.propertyNames())
                ? "its steps are " + wanted.propertyNames()
                : "";
    }

    /** A change that was meant for another revision. */
    private static String unexpected(HttpRequestText sent, JsonNode before) {
        Optional<String> ifMatch = sent.headers().stream()
                .filter(header -> header.toLowerCase(Locale.ROOT).startsWith("if-match:"))
                .map(header -> header.substring("if-match:".length()).strip())
                .findFirst();
        String now = "\"" + before.path("revision").asLong(0) + "\"";
        return ifMatch.isEmpty() || ifMatch.get().equals("*") || ifMatch.get().equals(now)
                ? ""
                : "it was meant for " + ifMatch.get() + " and not for " + now;
    }

    /** Nothing is to be done then, and the reply says so. */
    private static boolean servesAlready(JsonNode asked, JsonNode before) {
        String version = asked.path("version").asString("");
        return !version.isEmpty()
                && before.path("rollout").isMissingNode()
                && before.path("goal").path("version").asString("").equals(version);
    }

    private static String changed(JsonNode before, JsonNode after) {
        String goal = differing(before, after, List.of("goal"));
        return goal.isEmpty() ? absent(after, "rollout") : goal;
    }

    /** What was asked of a version holds of that version, be it the one that serves or the one that is rolled out. */
    private static String missedOfVersion(JsonNode asked, JsonNode view, List<String> fields) {
        String version = asked.path("version").asString("");
        Optional<JsonNode> place = Stream.of(view.path("rollout"), view.path("goal"))
                .filter(JsonNode::isObject)
                .filter(goal ->
                        version.isEmpty() || goal.path("version").asString("").equals(version))
                .findFirst();
        return place.map(goal -> differing(asked, goal, fields)).orElseGet(() -> "version " + version + " is nowhere");
    }

    private static String missedOfScale(JsonNode asked, JsonNode replicas) {
        if (asked.path("replicas").isNumber()) {
            boolean fixed = replicas.equals(asked.path("replicas"))
                    || differing(asked, replicas, "replicas", "min").isEmpty()
                            && differing(asked, replicas, "replicas", "max").isEmpty();
            return fixed ? "" : "the replicas are " + replicas;
        }
        if (replicas.isNumber()) {
            boolean fixed = Stream.of("min", "max")
                    .allMatch(bound -> asked.path(bound).isMissingNode()
                            || asked.path(bound).equals(replicas));
            return fixed ? "" : "the replicas are " + replicas;
        }
        return differing(asked, replicas, List.of("min", "max", "down-after"));
    }

    private static String promoted(JsonNode before, JsonNode after) {
        String candidate = before.path("rollout").path("version").asString("");
        String current = after.path("goal").path("version").asString("");
        return !candidate.isEmpty() && current.equals(candidate)
                ? absent(after, "rollout")
                : "version " + current + " serves and not " + candidate;
    }

    private static String rolledBack(JsonNode before, JsonNode after) {
        String back = before.path(before.path("rollout").isObject() ? "goal" : "previous")
                .path("version")
                .asString("");
        String current = after.path("goal").path("version").asString("");
        return !back.isEmpty() && current.equals(back)
                ? absent(after, "rollout")
                : "version " + current + " serves and not " + back;
    }

    private static String absent(JsonNode view, String part) {
        return view.path(part).isMissingNode() ? "" : "there still is a " + part;
    }

    private static String differing(JsonNode asked, JsonNode wanted, List<String> fields) {
        return fields.stream()
                .map(field -> differing(asked, wanted, field, field))
                .filter(words -> !words.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static String differing(JsonNode asked, JsonNode wanted, String field, String as) {
        JsonNode value = asked.path(field);
        return value.isMissingNode() || value.isNull() || text(value).equals(text(wanted.path(as)))
                ? ""
                : as + " is " + wanted.path(as);
    }

    /** The same for what means the same. */
    private static String text(JsonNode value) {
        if (value.isObject() || value.isArray()) {
            return value.toString().replace("\"", "");
        }
        String text = value.asString("");
        Matcher duration = DURATION.matcher(text);
        return duration.matches()
                ? Long.toString(Long.parseLong(duration.group(1)) * MILLIS.getOrDefault(duration.group(2), 1L))
                : text;
    }
}
