package dev.sluice.cli.fleet;

import dev.sluice.cli.output.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Shows what is wanted of actors, and how far it is. */
@Command(
        name = "actors",
        description = {"Show what is wanted of actors and how far it is; of one actor, all of its versions."},
        footer = {
            "",
            "Examples:",
            "  sluice actors",
            "  sluice actors model",
            "  sluice actors --json | jq '.actors[].name'"
        })
public final class ActorsCommand extends FleetCommand {

    @Parameters(index = "0", arity = "0..1", paramLabel = "NAME", description = "One actor.")
    private @Nullable String name;

    @Override
    public Integer call() {
        Control control = control();
        Reply reply = control.get(name == null ? "/actors" : Control.path("actors", name));
        if (isForPrograms()) {
            printJson(reply);
        } else if (name == null) {
            List<JsonNode> actors = new ArrayList<>();
            reply.json().path("actors").forEach(actors::add);
            table(actors, statuses(control, actors)).print(out());
        } else {
            JsonNode actor = reply.json();
            ActorSheet.print(out(), actor, statuses(control, List.of(actor)).getOrDefault(name, actor.path("status")));
        }
        return 0;
    }

    /** By name. Only the router that sees to an actor knows: of those that the first did not know, the others are asked. */
    private static Map<String, JsonNode> statuses(Control control, List<JsonNode> actors) {
        Map<String, JsonNode> statuses = new HashMap<>();
        actors.forEach(actor -> keep(statuses, actor));
        if (statuses.size() < actors.size()) {
            control.each().stream().skip(1).forEach(router -> router.actors().forEach(actor -> keep(statuses, actor)));
        }
        return statuses;
    }

    private static void keep(Map<String, JsonNode> statuses, JsonNode actor) {
        if (actor.path("status").isObject()) {
            statuses.putIfAbsent(actor.path("name").asString(""), actor.path("status"));
        }
    }

    private static Table table(List<JsonNode> actors, Map<String, JsonNode> statuses) {
        Table table = new Table("ACTOR", "VERSION", "READY", "WANTED", "ROLLOUT", "STATE", "ROUTER");
        for (JsonNode actor : actors) {
            String name = actor.path("name").asString("");
            JsonNode status = statuses.getOrDefault(name, actor.path("status"));
            table.row(
                    name,
                    actor.path("goal").path("version").asString("-"),
                    Integer.toString(ready(actor)),
                    status.path("wanted").asString("-"),
                    ActorSheet.rollout(actor),
                    ActorSheet.state(actor, status),
                    actor.path("controller").asString("-"));
        }
        return table;
    }

    private static int ready(JsonNode actor) {
        int ready = 0;
        for (JsonNode version : actor.path("versions")) {
            ready += version.path("replicas").path("ready").asInt(0);
        }
        return ready;
    }
}
