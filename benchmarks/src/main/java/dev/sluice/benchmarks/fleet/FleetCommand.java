package dev.sluice.benchmarks.fleet;

import dev.sluice.benchmarks.report.Machine;
import dev.sluice.benchmarks.report.Report;
import dev.sluice.benchmarks.report.ReportOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Lets things happen to a fleet of real processes under load, and says what callers noticed. */
@Command(
        name = "fleet",
        mixinStandardHelpOptions = true,
        description = {
            "What callers notice of rollouts, broken versions, lost hosts and routers, and changes of load: real processes on"
                    + " loopback under open-loop load.",
            "About 16 minutes; with --quick about two and a half, and the same bars. The lost router takes a redis-server."
        },
        footer = {
            "",
            "Examples:",
            "  ./sluice bench fleet --json fleet.json --charts docs/images",
            "  ./sluice bench fleet --quick --only rollouts --only host"
        })
public final class FleetCommand implements Callable<Integer> {

    @Mixin
    private ReportOptions options = new ReportOptions();

    @Option(
            names = "--charts",
            paramLabel = "FOLDER",
            description = "Also draw what happened, as SVG, into this folder.")
    private @Nullable Path charts;

    @Option(
            names = "--only",
            paramLabel = "NAME",
            description = "Only this scenario: rollouts, broken, host, step, bursty or router. May be repeated.")
    private List<String> only = new ArrayList<>();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        mustBeKnown();
        FleetPlan plan = options.quick() ? FleetPlan.quick() : FleetPlan.full();
        FleetRun run = new FleetRun(plan, options::progress);
        List<Story> stories = run.run(new LinkedHashSet<>(only));
        if (charts != null) {
            FleetCharts.drawInto(stories, charts);
        }
        return options.publish(
                FleetReport.table(stories),
                new Report(
                        "fleet",
                        Machine.here(),
                        FleetReport.rows(stories),
                        FleetReport.bars(stories),
                        FleetReport.notes(plan, stories, run.leftOut())));
    }

    private void mustBeKnown() {
        List<String> names = FleetRun.ALL.stream().map(Scenario::name).toList();
        for (String name : only) {
            if (!names.contains(name) && spec != null) {
                throw new ParameterException(
                        spec.commandLine(),
                        "There is no scenario " + name + ": choose of " + String.join(", ", names) + ".");
            }
        }
    }
}
