package dev.sluice.cli.fleet;

import dev.sluice.cli.output.Table;
import java.io.PrintWriter;
import tools.jackson.databind.JsonNode;

/** One actor, for people. */
final class ActorSheet {

    private static final String NONE = "-";

    private ActorSheet() {}

    static void print(PrintWriter out, JsonNode actor, JsonNode status) {
        out.println(actor.path("name").asString("") + ": " + state(actor, status) + " (wanted by "
                + wantedBy(actor.path("origin").asString("")) + ", revision "
                + actor.path("revision").asString("0") + ", router "
                + actor.path("controller").asString(NONE) + ")");
        if (actor.path("rollout").isObject()) {
            out.println("rollout: " + rollout(actor) + ", steps "
                    + actor.path("rollout").path("steps") + " of "
                    + actor.path("rollout").path("step-time").asString(""));
        }
        if (actor.path("goal").isObject()) {
            out.println("goal: " + actor.path("goal"));
        }
        out.println();
        versions(actor).print(out);
        status.path("problems").forEach(problem -> out.println("Problem: " + problem.asString("")));
    }

    /** What a write has come to, in a line. */
    static String wanted(JsonNode actor) {
        String name = actor.path("name").asString("");
        if (!actor.path("goal").isObject()) {
            return name + " is undeployed.";
        }
        String replicas = ActorProgress.least(actor) == ActorProgress.most(actor)
                ? Integer.toString(ActorProgress.most(actor))
                : ActorProgress.least(actor) + " to " + ActorProgress.most(actor);
        return name + ": version " + actor.path("goal").path("version").asString("") + ", replicas " + replicas
                + (actor.path("rollout").isObject() ? ", rolling out " + rollout(actor) : "") + " (revision "
                + actor.path("revision").asString("") + "; sluice actors " + name + " shows how far it is)";
    }

    private static String wantedBy(String origin) {
        return switch (origin) {
            case "store" -> "operators";
            case "file" -> "the actors file";
            default -> "its host alone";
        };
    }

    private static Table versions(JsonNode actor) {
        Table table = new Table(
                "VERSION",
                "ROLE",
                "PERCENT",
                "READY",
                "STARTING",
                "STOPPING",
                "FAILED",
                "ANSWERED",
                "ERRORS",
                "MEAN MS");
        for (JsonNode version : actor.path("versions")) {
            JsonNode replicas = version.path("replicas");
            JsonNode queries = version.path("queries");
            table.row(
                    version.path("version").asString(NONE),
                    version.path("role").asString(NONE),
                    version.path("weight").asString(NONE),
                    replicas.path("ready").asString(NONE),
                    replicas.path("starting").asString(NONE),
                    replicas.path("stopping").asString(NONE),
                    replicas.path("failed").asString(NONE),
                    queries.path("answered").asString(NONE),
                    queries.path("failed").asString(NONE),
                    queries.path("mean-millis").asString(NONE));
        }
        return table;
    }

    /** {@code 2 at 25 %, held} */
    static String rollout(JsonNode actor) {
        JsonNode rollout = actor.path("rollout");
        if (!rollout.isObject()) {
            return NONE;
        }
        return rollout.path("version").asString("") + " at "
                + rollout.path("weight").asString("") + " %"
                + (rollout.path("held").asBoolean(false) ? ", held" : "");
    }

    static String state(JsonNode actor, JsonNode status) {
        if (actor.path("unreadable").isString()) {
            return "unreadable";
        }
        if (!actor.path("goal").isObject()) {
            return actor.path("origin").asString("").equals("host") ? "unmanaged" : "leaving";
        }
        if (!status.isObject()) {
            return "unknown";
        }
        if (status.path("missing").asInt(0) > 0) {
            return "short of " + status.path("missing").asInt();
        }
        return status.path("ready").asInt(0) >= status.path("wanted").asInt(0) ? "ready" : "starting";
    }
}
