package dev.sluice.cli.fleet;

import dev.sluice.cli.output.CommandFailure;
import dev.sluice.cli.output.Json;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** Says how many replicas an actor is to have. */
@Command(
        name = "scale",
        description = {"Say how many replicas an actor is to have, or between which bounds the router chooses."},
        footer = {"", "Examples:", "  sluice scale model 4 --wait", "  sluice scale model --min 0 --max 8"})
public final class ScaleCommand extends FleetCommand {

    @Parameters(index = "0", paramLabel = "NAME", description = "Which actor.")
    private String name = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "N", description = "Exactly so many replicas.")
    private @Nullable Integer replicas;

    @Option(names = "--min", paramLabel = "N", description = "The fewest; 0: none while nobody calls.")
    private @Nullable Integer min;

    @Option(names = "--max", paramLabel = "N", description = "The most.")
    private @Nullable Integer max;

    @Mixin
    private WaitOptions waiting = new WaitOptions();

    @Override
    public Integer call() {
        ObjectNode body = Json.mapper().createObjectNode();
        put(body, "replicas", replicas);
        put(body, "min", min);
        put(body, "max", max);
        if (body.isEmpty() || replicas != null && body.size() > 1) {
            throw new CommandFailure("Give a number of replicas, or bounds: --min N, --max N or both.");
        }
        OneActor actor = new OneActor(control(), name);
        return done(actor, actor.write("POST", "scale", body.toString(), ""), waiting);
    }

    private static void put(ObjectNode body, String field, @Nullable Integer value) {
        if (value != null) {
            body.put(field, value);
        }
    }
}
