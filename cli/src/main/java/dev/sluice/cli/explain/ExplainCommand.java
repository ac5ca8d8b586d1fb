package dev.sluice.cli.explain;

import dev.sluice.cli.CallerKey;
import dev.sluice.cli.CliCommand;
import dev.sluice.cli.output.CommandFailure;
import dev.sluice.cli.output.Json;
import dev.sluice.cli.output.Table;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Shows where the time of queries went. */
@Command(
        name = "explain",
        description = {
            "Show where a query's time went, tier by tier.",
            "Without an id: the last queries that frontends remember, and the slowest of the last minutes."
        },
        footer = {
            "",
            "The id is in the header Sluice-Id of every answer; a caller may choose it.",
            "",
            "Examples:",
            "  sluice explain",
            "  sluice explain --actor vadder",
            "  sluice explain 5f1c0a9be2d34b7100000011",
            "  sluice explain my-query --json | jq .spans"
        })
public final class ExplainCommand extends CliCommand implements Callable<Integer> {

    @Parameters(index = "0", arity = "0..1", paramLabel = "ID", description = "The query's id.")
    private @Nullable String id;

    @Option(names = "--actor", paramLabel = "NAME", description = "In the lists only the queries of this actor.")
    private @Nullable String actor;

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "N",
            defaultValue = "10",
            description = "Lines of each list (${DEFAULT-VALUE}).")
    private int limit;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "The frontend to ask, where its Actuator is; those that ./sluice up started, if left out.")
    private @Nullable String url;

    @Option(
            names = "--key",
            paramLabel = "KEY",
            description = "An operator's API key or token, for frontends that ask for one; or the variable SLUICE_KEY.")
    private @Nullable String key;

    @Option(names = "--json", description = "Print JSON for programs.")
    private boolean json;

    @Override
    public Integer call() {
        FrontendReports reports = FrontendReports.at(url, CallerKey.of(key));
        if (id == null) {
            lists(reports.queries(actor, Math.max(1, limit)));
            return 0;
        }
        String wanted = id;
        JsonNode query = reports.query(wanted)
                .orElseThrow(() -> new CommandFailure("No frontend remembers a query " + wanted
                        + ": each keeps its last 1,024 and the slowest of the last minutes."));
        if (json) {
            out().println(Json.line(query));
        } else {
            new WaterfallText(query).print(out());
        }
        return 0;
    }

    private void lists(ObjectNode queries) {
        if (json) {
            out().println(Json.line(queries));
            return;
        }
        table("LAST", queries.path("last")).print(out());
        out().println();
        table("SLOWEST", queries.path("slowest")).print(out());
    }

    private static Table table(String heading, JsonNode queries) {
        Table table = new Table(
                heading, "ACTOR", "METHOD", "VERSION", "PROTOCOL", "OUTCOME", "MS", "AGO", "FRONTEND", "MOSTLY");
        for (JsonNode query : queries) {
            String code = query.path("code").asString("");
            table.row(
                    query.path("id").asString(""),
                    query.path("actor").asString(""),
                    query.path("method").asString(""),
                    query.path("version").asString("-"),
                    query.path("protocol").asString(""),
                    query.path("outcome").asString("") + (code.equals("OK") ? "" : " " + code),
                    WaterfallText.millis(query.path("totalMs")),
                    WaterfallText.ago(query),
                    query.path("frontend").asString(""),
                    WaterfallText.mostly(query));
        }
        return table;
    }
}
