package dev.sluice.cli.fleet;

import dev.sluice.cli.output.Table;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

/** Shows the hosts. */
@Command(
        name = "hosts",
        description = {"Show the hosts: how full they are and what they can run."},
        footer = {"", "Examples:", "  sluice hosts", "  sluice hosts --json | jq '.hosts[] | select(.leaving)'"})
public final class HostsCommand extends FleetCommand {

    @Override
    public Integer call() {
        Reply reply = control().get("/hosts");
        if (isForPrograms()) {
            printJson(reply);
            return 0;
        }
        Table table = new Table("HOST", "STATE", "SLOTS", "REPLICAS", "CAN RUN");
        for (JsonNode host : reply.json().path("hosts")) {
            table.row(
                    host.path("node").asString("-"),
                    state(host),
                    host.path("slots").asString("-"),
                    host.path("replicas").asString("-"),
                    offers(host));
        }
        table.print(out());
        for (JsonNode host : reply.json().path("hosts")) {
            for (JsonNode no : host.path("rejected")) {
                out().println("Problem: " + host.path("node").asString("") + " cannot run version "
                        + no.path("version").asString("") + " of "
                        + no.path("actor").asString("") + ": "
                        + no.path("reason").asString(""));
            }
        }
        return 0;
    }

    static String state(JsonNode host) {
        if (!host.path("linked").asBoolean(false)) {
            return "drained, gone";
        }
        if (host.path("drained").asBoolean(false)) {
            return host.path("replicas").asInt(0) == 0 ? "drained" : "draining";
        }
        return host.path("leaving").asBoolean(false) ? "stopping" : "in use";
    }

    private static String offers(JsonNode host) {
        Set<String> types = new TreeSet<>();
        host.path("offers").forEach(offer -> types.add(offer.path("type").asString("")));
        return types.isEmpty() ? "-" : String.join(", ", types);
    }
}
