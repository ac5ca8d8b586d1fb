package dev.sluice.cli.fleet;

import dev.sluice.cli.call.EventReader;
import dev.sluice.cli.output.CommandFailure;
import dev.sluice.cli.output.Json;
import dev.sluice.cli.output.Table;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Tells what happened to the fleet, and why. */
@Command(
        name = "events",
        description = {
            "Tell what happened to the fleet and why: the last 1,000 things that each router did.",
            "With --follow, what comes as it comes, of one router, until Ctrl-C."
        },
        footer = {
            "",
            "Examples:",
            "  sluice events",
            "  sluice events model --follow",
            "  sluice events --json | jq .events"
        })
public final class EventsCommand extends FleetCommand {

    @Parameters(index = "0", arity = "0..1", paramLabel = "NAME", description = "Of one actor.")
    private @Nullable String name;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on as things happen.")
    private boolean follow;

    @Override
    public Integer call() {
        String path = "/events" + (name == null ? "" : "?actor=" + URLEncoder.encode(name, StandardCharsets.UTF_8));
        if (follow) {
            follow(path);
            return 0;
        }
        List<JsonNode> events = all(path);
        if (isForPrograms()) {
            ObjectNode answer = Json.mapper().createObjectNode();
            ArrayNode array = answer.putArray("events");
            events.forEach(array::add);
            out().println(Json.line(answer));
        } else {
            Table table = new Table("AT", "WHAT", "ACTOR", "VERSION", "REPLICA", "HOST", "WHY");
            events.forEach(event -> table.row(cells(event)));
            table.print(out());
        }
        return 0;
    }

    /** Of all routers: each tells of the actors that it sees to. */
    private List<JsonNode> all(String path) {
        List<JsonNode> events = new ArrayList<>();
        List<Control> routers = control().each();
        CommandFailure silent = null;
        int heard = 0;
        for (Control router : routers) {
            try {
                router.get(path).json().path("events").forEach(events::add);
                heard++;
            } catch (CommandFailure e) {
                silent = e;
            }
        }
        if (heard == 0 && silent != null) {
            throw silent;
        }
        events.sort(Comparator.comparing(event -> event.path("at").asString("")));
        return events;
    }

    private void follow(String path) {
        try (InputStream stream = control().stream(path)) {
            EventReader reader = new EventReader(stream);
            for (EventReader.Event event = reader.next(); event != null; event = reader.next()) {
                out().println(isForPrograms() ? event.data() : line(Json.read(event.data())));
                out().flush();
            }
        } catch (IOException e) {
            throw new CommandFailure("The stream broke off: " + e.getMessage());
        }
        throw new CommandFailure("The router ended the stream: it stops.");
    }

    private static String line(JsonNode event) {
        return String.join(
                "  ", cells(event).stream().filter(cell -> !cell.equals("-")).toList());
    }

    private static List<String> cells(JsonNode event) {
        List<String> cells = new ArrayList<>();
        for (String member : List.of("at", "kind", "actor", "version", "replica", "host", "reason")) {
            String cell = event.path(member).asString("");
            cells.add(cell.isEmpty() ? "-" : member.equals("at") ? toSeconds(cell) : cell);
        }
        return cells;
    }

    /** {@code 2026-05-04T03:02:01Z} */
    private static String toSeconds(String instant) {
        int fraction = instant.indexOf('.');
        return fraction < 0 ? instant : instant.substring(0, fraction) + "Z";
    }
}
