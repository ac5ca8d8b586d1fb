package dev.sluice.cli.fleet;

import dev.sluice.cli.output.CommandFailure;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Reads from what a router says of an actor how far it is from what is wanted. */
final class ActorProgress {

    private final String version;

    /** @param version that is to serve, or to be tried, in the end */
    ActorProgress(String version) {
        this.version = version;
    }

    /** Fails where the version is not wanted any more: it was rolled back, or somebody wants another. */
    Progress of(JsonNode actor) {
        JsonNode rollout = actor.path("rollout");
        String current = actor.path("goal").path("version").asString("");
        if (rollout.path("version").asString("").equals(version)) {
            return ofCandidate(actor, rollout);
        }
        if (!current.equals(version)) {
            throw new CommandFailure(
                    "Version " + version + " does not serve: it is version " + current + " that is wanted.");
        }
        return ofCurrent(actor);
    }

    private Progress ofCandidate(JsonNode actor, JsonNode rollout) {
        int weight = rollout.path("weight").asInt(0);
        int ready = replicas(actor, version, "ready");
        boolean held = rollout.path("held").asBoolean(false);
        String gets = "version " + version + ": " + weight + " % of the queries"
                + (held ? " until you change that" : "") + ", " + replicasWords(ready) + " ready";
        return held && ready > 0 ? Progress.over(gets) : Progress.going(gets + problems(actor));
    }

    private Progress ofCurrent(JsonNode actor) {
        int ready = replicas(actor, version, "ready");
        int least = least(actor);
        List<String> leaving = new ArrayList<>();
        for (JsonNode other : actor.path("versions")) {
            int left = alive(other);
            if (other.path("role").asString("").equals("outgoing") && left > 0) {
                leaving.add("version " + other.path("version").asString("") + ": " + replicasWords(left) + " left");
            }
        }
        int surplus = most(actor) == least ? alive(versionOf(actor, version)) - least : 0;
        if (surplus > 0) {
            leaving.add(replicasWords(surplus) + " too many");
        }
        String sentence = "version " + version + ": " + ready + " of " + replicasWords(least) + " ready"
                + (leaving.isEmpty() ? "" : "; " + String.join("; ", leaving));
        return ready >= least && leaving.isEmpty()
                ? Progress.over(sentence)
                : Progress.going(sentence + problems(actor));
    }

    private static String problems(JsonNode actor) {
        StringBuilder sentences = new StringBuilder();
        actor.path("status")
                .path("problems")
                .forEach(problem -> sentences.append("; ").append(problem.asString("")));
        return sentences.toString();
    }

    /** How many replicas there are to be at least. */
    static int least(JsonNode actor) {
        JsonNode replicas = actor.path("goal").path("replicas");
        return replicas.isObject() ? replicas.path("min").asInt(1) : replicas.asInt(1);
    }

    static int most(JsonNode actor) {
        JsonNode replicas = actor.path("goal").path("replicas");
        return replicas.isObject() ? replicas.path("max").asInt(1) : replicas.asInt(1);
    }

    static JsonNode versionOf(JsonNode actor, String version) {
        return actor.path("versions")
                .valueStream()
                .filter(each -> each.path("version").asString("").equals(version))
                .findFirst()
                .orElse(actor.path("nothing"));
    }

    private static int replicas(JsonNode actor, String version, String state) {
        return versionOf(actor, version).path("replicas").path(state).asInt(0);
    }

    static int alive(JsonNode version) {
        JsonNode replicas = version.path("replicas");
        return replicas.path("ready").asInt(0)
                + replicas.path("starting").asInt(0)
                + replicas.path("stopping").asInt(0);
    }

    private static String replicasWords(int count) {
        return count + (count == 1 ? " replica" : " replicas");
    }
}
