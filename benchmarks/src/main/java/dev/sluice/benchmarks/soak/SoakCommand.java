package dev.sluice.benchmarks.soak;

import dev.sluice.benchmarks.process.StartedTiers;
import dev.sluice.benchmarks.report.Machine;
import dev.sluice.benchmarks.report.MarkdownOption;
import dev.sluice.benchmarks.report.Report;
import dev.sluice.benchmarks.report.ReportOptions;
import dev.sluice.benchmarks.report.Table;
import dev.sluice.cli.Project;
import dev.sluice.cli.platform.PlatformSpec;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the tiers for long, with a lot of coming and going, and says what they keep of it. */
@Command(
        name = "soak",
        mixinStandardHelpOptions = true,
        description = {
            "Whether heap, direct memory, threads and files of each process stay flat under a steady load, while clients of every"
                    + " protocol come and go, versions are rolled out and replicas added and taken away.",
            "Ten minutes unless told otherwise; takes a JDK."
        },
        footer = {"", "Examples:", "  ./sluice bench soak --json soak.json", "  ./sluice bench soak --minutes 60"})
public final class SoakCommand implements Callable<Integer> {

    @Mixin
    private ReportOptions options = new ReportOptions();

    @Mixin
    private MarkdownOption markdown = new MarkdownOption();

    @Option(
            names = "--minutes",
            paramLabel = "M",
            defaultValue = "10",
            description = "How long: ${DEFAULT-VALUE} minutes.")
    private int minutes;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (minutes < 1 && spec != null) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(),
                    "There is nothing to see in " + minutes + " minutes: write --minutes 1 or more.");
        }
        SoakPlan plan = options.quick() ? SoakPlan.quick() : SoakPlan.of(minutes);
        UnaryOperator<PlatformSpec> settings = options.quick() ? StartedTiers::shortLived : UnaryOperator.identity();
        try (StartedTiers tiers = StartedTiers.start(Project.folder(), "bench-soak", settings, options::progress)) {
            Soaked soaked = new SoakRun(plan, options::progress).run(tiers);
            Table table = SoakReport.table(soaked);
            markdown.write(table);
            return options.publish(
                    table.toString(),
                    new Report(
                            "soak",
                            Machine.here(),
                            SoakReport.rows(soaked),
                            options.quick() ? List.of() : SoakReport.bars(soaked),
                            SoakReport.notes(soaked)));
        }
    }
}
