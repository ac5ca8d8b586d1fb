package dev.sluice.cli.status;

import dev.sluice.cli.output.Json;
import dev.sluice.cli.output.Quantities;
import dev.sluice.cli.output.Table;
import dev.sluice.cli.platform.ProcessRecord;
import dev.sluice.cli.platform.Readiness;
import dev.sluice.cli.platform.RuntimeDirectory;
import dev.sluice.cli.platform.Tier;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/**
 * What runs, at one moment: the processes as this machine shows them, and actors, replicas and queues as the routers do.
 *
 * @param actors of any router, since all of them know all hosts
 * @param pipelines of all routers, each with the member {@code router}
 * @param queues likewise
 */
public record Status(
        List<Line> processes,
        List<JsonNode> actors,
        List<JsonNode> replicas,
        List<JsonNode> pipelines,
        List<JsonNode> queues) {

    /** One process. */
    public record Line(ProcessRecord record, boolean ready, OptionalLong residentBytes) {}

    public static Status of(RuntimeDirectory runtime) {
        Readiness readiness = new Readiness(Duration.ofSeconds(5));
        List<Line> lines = runtime.living().stream()
                .map(record -> new Line(
                        record, readiness.ready(record.url()), record.process().residentBytes()))
                .toList();
        List<ProcessRecord> routers = lines.stream()
                .map(Line::record)
                .filter(record -> record.tier() == Tier.ROUTER)
                .toList();
        RouterReports reports = new RouterReports(routers);
        return new Status(
                lines,
                reports.anyOf("actors"),
                reports.anyOf("replicas"),
                reports.allOf("pipelines"),
                reports.allOf("queues"));
    }

    public void print(PrintWriter out) {
        processTable().print(out);
        long total = processes.stream()
                .mapToLong(line -> line.residentBytes().orElse(0))
                .sum();
        out.println("resident together: " + Quantities.bytes(total));
        print(out, RouterTables.actors(actors), actors);
        print(out, RouterTables.replicas(replicas), replicas);
        print(out, RouterTables.pipelines(pipelines), pipelines);
        print(out, RouterTables.queues(queues), queues);
    }

    public String json() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("processes", processes.stream().map(Status::members).toList());
        members.put("actors", actors);
        members.put("replicas", replicas);
        members.put("pipelines", pipelines);
        members.put("queues", queues);
        return Json.line(members);
    }

    private static void print(PrintWriter out, Table table, List<JsonNode> rows) {
        if (!rows.isEmpty()) {
            out.println();
            table.print(out);
        }
    }

    private Table processTable() {
        Table table = new Table("PROCESS", "PID", "PORT", "STATE", "MEMORY", "UP");
        for (Line line : processes) {
            ProcessRecord record = line.record();
            table.row(
                    record.name(),
                    Long.toString(record.process().pid()),
                    Integer.toString(record.port()),
                    state(line),
                    line.residentBytes().isPresent()
                            ? Quantities.bytes(line.residentBytes().getAsLong())
                            : "-",
                    Quantities.time(record.process().age()));
        }
        return table;
    }

    private static Map<String, Object> members(Line line) {
        ProcessRecord record = line.record();
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("name", record.name());
        members.put("tier", record.tier().word());
        members.put("pid", record.process().pid());
        members.put("port", record.port());
        members.put("url", record.url().toString());
        members.put("state", state(line));
        line.residentBytes().ifPresent(bytes -> members.put("resident_bytes", bytes));
        members.put("up_seconds", record.process().age().toSeconds());
        members.put("log", record.log().toString());
        return members;
    }

    private static String state(Line line) {
        return line.ready() ? "ready" : "not ready";
    }
}
