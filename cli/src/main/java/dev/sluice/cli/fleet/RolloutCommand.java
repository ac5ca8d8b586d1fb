package dev.sluice.cli.fleet;

import dev.sluice.cli.output.CommandFailure;
import dev.sluice.cli.output.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Leads a rollout by hand. */
@Command(
        name = "rollout",
        description = {
            "Show the rollout of an actor, begin one, or lead it by hand.",
            "A weight that is given stays until it is changed: a canary. --resume lets the steps go on."
        },
        footer = {
            "",
            "Examples:",
            "  sluice rollout model",
            "  sluice rollout model --version 2 --weight 5",
            "  sluice rollout model --version 2 --steps 1,10,100 --step-time 10m --wait",
            "  sluice rollout model --resume",
            "  sluice rollout model --promote"
        })
public final class RolloutCommand extends FleetCommand {

    @Parameters(index = "0", paramLabel = "NAME", description = "Which actor.")
    private String name = "";

    @Option(
            names = "--version",
            paramLabel = "V",
            description = "Begin with this version, which is like the one that serves but for its name; sluice deploy"
                    + " makes others.")
    private @Nullable String version;

    @Option(names = "--weight", paramLabel = "PERCENT", description = "Its part of the queries, until it is changed.")
    private @Nullable Integer weight;

    @Option(names = "--steps", paramLabel = "PERCENT", split = ",", description = "The weights that follow each other.")
    private List<Integer> steps = List.of();

    @Option(names = "--step-time", paramLabel = "TIME", description = "How long each step is held: 10s, 5m.")
    private @Nullable String stepTime;

    @Option(names = "--resume", description = "Let the steps go on.")
    private boolean resume;

    @Option(names = "--promote", description = "Let the new version serve alone from now on.")
    private boolean promote;

    @Mixin
    private WaitOptions waiting = new WaitOptions();

    @Override
    public Integer call() {
        ObjectNode body = body();
        OneActor actor = new OneActor(control(), name);
        if (promote) {
            if (!body.isEmpty()) {
                throw new CommandFailure("--promote ends the rollout: give it alone.");
            }
            return done(actor, actor.write("POST", "promote", null, actor.now().etag()), waiting);
        }
        Reply shown = body.isEmpty() ? actor.now() : actor.write("POST", "rollout", body.toString(), "");
        if (!shown.json().path("rollout").isObject() && body.isEmpty()) {
            throw new CommandFailure("No rollout of " + name + " runs; version "
                    + shown.json().path("goal").path("version").asString("-") + " serves.");
        }
        return done(actor, shown, waiting);
    }

    private ObjectNode body() {
        if (resume && weight != null) {
            throw new CommandFailure("--weight holds the rollout, --resume lets it go on: give one or the other.");
        }
        ObjectNode body = Json.mapper().createObjectNode();
        if (version != null) {
            body.put("version", version);
        }
        if (weight != null) {
            body.put("weight", weight);
        }
        if (!steps.isEmpty()) {
            ArrayNode all = body.putArray("steps");
            steps.forEach(all::add);
        }
        if (stepTime != null) {
            body.put("step-time", stepTime);
        }
        if (resume) {
            body.put("held", false);
        }
        return body;
    }
}
