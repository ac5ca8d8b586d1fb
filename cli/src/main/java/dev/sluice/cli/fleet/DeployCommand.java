package dev.sluice.cli.fleet;

import dev.sluice.cli.output.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Deploys an actor, or changes one. */
@Command(
        name = "deploy",
        description = {
            "Deploy an actor, or change one: what is not said stays as it is.",
            "Another version of an actor that runs is rolled out in steps, and goes back by itself where it is worse."
        },
        footer = {
            "",
            "Examples:",
            "  sluice deploy model --replicas 2 --wait",
            "  sluice deploy fast --type model --arg alpha=1ms --set slo=50ms",
            "  sluice deploy model --version 2 --arg alpha=5ms --wait",
            "  sluice deploy model --version 2 --now",
            "  sluice deploy magika --kind onnx --version 1 --wait",
            "  sluice deploy orders-of --kind sql --replicas 2 --wait"
        })
public final class DeployCommand extends FleetCommand {

    private static final Set<String> OF_ALL_VERSIONS = Set.of("replicas", "routers");

    private static final Set<String> OF_NO_VERSION = Set.of(
            "weight",
            "held",
            "steps",
            "step-time",
            "error-margin",
            "latency-margin",
            "least-queries",
            "percent",
            "replicas");

    @Parameters(index = "0", paramLabel = "NAME", description = "The name that callers use.")
    private String name = "";

    @Option(names = "--version", paramLabel = "V", description = "The version; 1 of a new actor.")
    private @Nullable String version;

    @Option(
            names = "--type",
            paramLabel = "T",
            description = "Of what it is made: the name under which hosts have its class. NAME itself, of a new actor.")
    private @Nullable String type;

    @Option(
            names = "--kind",
            paramLabel = "K",
            description =
                    "Of what kind that is: java, a class; onnx, a model; sql, a file with a query; or pipeline, other actors."
                            + " java, of a new actor.")
    private @Nullable String kind;

    @Option(names = "--arg", paramLabel = "KEY=VALUE", description = "An argument of its constructor. May be repeated.")
    private Map<String, String> args = new LinkedHashMap<>();

    @Option(
            names = "--set",
            paramLabel = "FIELD=VALUE",
            description =
                    "Any other field of the actors file, such as slo=200ms, scheduler=deadline, max-batch-size=16."
                            + " May be repeated.")
    private Map<String, String> fields = new LinkedHashMap<>();

    @Mixin
    private ScaleOptions scale = new ScaleOptions();

    @Option(names = "--now", description = "Another version takes over at once, without a rollout.")
    private boolean now;

    @Mixin
    private WaitOptions waiting = new WaitOptions();

    @Override
    public Integer call() {
        OneActor actor = new OneActor(control(), name);
        ObjectNode body = Json.mapper().createObjectNode();
        String etag = "";
        Reply before = actor.find();
        if (before != null) {
            keep(before.json(), body);
            etag = before.etag();
        }
        change(body);
        return done(actor, actor.write("PUT", "", body.toString(), etag), waiting);
    }

    /** What is wanted already: of the version that is meant, where it is known, and else of the one that serves. */
    private void keep(JsonNode actor, ObjectNode body) {
        JsonNode goal = actor.path("goal");
        goal.properties().forEach(field -> body.set(field.getKey(), field.getValue()));
        JsonNode known = known(actor);
        if (known != null) {
            goal.propertyNames().stream()
                    .filter(field -> !OF_ALL_VERSIONS.contains(field))
                    .forEach(body::remove);
            known.properties().stream()
                    .filter(field -> !OF_NO_VERSION.contains(field.getKey()))
                    .forEach(field -> body.set(field.getKey(), field.getValue()));
        }
    }

    /** A rollout that runs goes on, unless another version is named. */
    private @Nullable JsonNode known(JsonNode actor) {
        if (version == null) {
            return actor.path("rollout").isObject() ? actor.path("rollout") : null;
        }
        for (String part : List.of("rollout", "previous", "shadow")) {
            if (actor.path(part).path("version").asString("").equals(version)) {
                return actor.path(part);
            }
        }
        return null;
    }

    private void change(ObjectNode body) {
        if (version != null) {
            body.put("version", version);
        }
        if (type != null) {
            body.put("type", type);
        }
        if (kind != null) {
            body.put("kind", kind);
        }
        if (!args.isEmpty()) {
            ObjectNode all = body.withObject("/args");
            args.forEach(all::put);
        }
        fields.forEach((field, value) -> body.set(field, value(value)));
        scale.over(body.path("replicas")).ifPresent(replicas -> body.set("replicas", replicas));
        if (now) {
            body.put("rollout", false);
        }
    }

    /** A number, a truth value or a structure, or else a text. */
    private static JsonNode value(String text) {
        try {
            JsonNode value = Json.read(text);
            return value.isMissingNode() ? Json.mapper().getNodeFactory().stringNode(text) : value;
        } catch (JacksonException e) {
            return Json.mapper().getNodeFactory().stringNode(text);
        }
    }
}
