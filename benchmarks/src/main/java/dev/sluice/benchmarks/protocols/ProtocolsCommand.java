package dev.sluice.benchmarks.protocols;

import dev.sluice.benchmarks.hops.Query;
import dev.sluice.benchmarks.process.StartedTiers;
import dev.sluice.benchmarks.protocols.noop.NoopRun;
import dev.sluice.benchmarks.protocols.rows.RowsPlan;
import dev.sluice.benchmarks.protocols.rows.RowsRun;
import dev.sluice.benchmarks.protocols.rows.SqlActor;
import dev.sluice.benchmarks.report.Machine;
import dev.sluice.benchmarks.report.Report;
import dev.sluice.benchmarks.report.ReportOptions;
import dev.sluice.cli.Project;
import dev.sluice.cli.platform.ExtraPort;
import dev.sluice.cli.platform.ServiceProcess;
import dev.sluice.cli.platform.Tier;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts the tiers, asks them over every protocol, and has a million rows carried by them and by a bare server. */
@Command(
        name = "protocols",
        mixinStandardHelpOptions = true,
        description = "Every protocol beside native HTTP, and a million rows by Arrow Flight beside a bare server.",
        footer = {"", "Example: ./sluice bench protocols --json protocols.json"})
public final class ProtocolsCommand implements Callable<Integer> {

    private static final Duration SETTLING = Duration.ofSeconds(20);

    @Mixin
    private ReportOptions options = new ReportOptions();

    @Option(names = "--rows-only", description = "Arrow Flight's rows and nothing else.")
    private boolean rowsOnly;

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (SqlActor sql = SqlActor.write();
                StartedTiers tiers = StartedTiers.start(
                        Project.folder(),
                        "bench-protocols",
                        spec -> spec.count(Tier.HOST, 1).sql(sql.folder()),
                        options::progress)) {
            return measure(tiers);
        }
    }

    private int measure(StartedTiers tiers) throws IOException, InterruptedException {
        ServiceProcess frontend = tiers.processes(Tier.FRONTEND).get(0);
        Query.prepare(tiers.url("noop"), SETTLING);
        List<NoopRun.Level> levels = rowsOnly
                ? List.of()
                : new NoopRun(
                                options.quick() ? 1 : 4,
                                options.quick() ? Duration.ofMillis(200) : Duration.ofSeconds(2),
                                options::progress)
                        .run(frontend);
        List<RowsRun.Compared> rows = new RowsRun(
                        options.quick() ? RowsPlan.quick() : RowsPlan.full(), options::progress)
                .run(frontend.port(ExtraPort.FLIGHT));
        ProtocolsReport report = new ProtocolsReport(levels, rows);
        return options.publish(
                report.tables(),
                new Report(
                        "protocols",
                        Machine.here(),
                        report.rows(),
                        options.quick() ? List.of() : report.bars(),
                        ProtocolsReport.NOTES));
    }
}
