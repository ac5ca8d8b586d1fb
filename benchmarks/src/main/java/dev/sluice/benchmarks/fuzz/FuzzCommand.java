package dev.sluice.benchmarks.fuzz;

import dev.sluice.benchmarks.process.StartedTiers;
import dev.sluice.benchmarks.report.Machine;
import dev.sluice.benchmarks.report.MarkdownOption;
import dev.sluice.benchmarks.report.Report;
import dev.sluice.benchmarks.report.ReportOptions;
import dev.sluice.benchmarks.report.Table;
import dev.sluice.cli.Project;
import dev.sluice.cli.platform.PlatformSpec;
import dev.sluice.cli.platform.Tier;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Sends running tiers what is nearly valid, and says whether all of it was treated well. */
@Command(
        name = "fuzz",
        mixinStandardHelpOptions = true,
        description = {
            "Valid input with something changed, for native HTTP, its heads, the control API, the link and the page's API of running tiers:"
                    + " each has to be answered by an error that says what is wrong, or by a right result.",
            "The same seed sends the same. What it finds wrong is printed, the first of each door, so that it can be sent again."
        },
        footer = {
            "",
            "Examples:",
            "  ./sluice bench fuzz --json fuzz.json",
            "  ./sluice bench fuzz --inputs 1000000 --seed 2"
        })
public final class FuzzCommand implements Callable<Integer> {

    private static final int FEW = 1_200;
    private static final int LEAST = 48;
    /** Netty follows each buffer, and says so in the log where one is lost. */
    private static final String LEAKS = "-Dio.netty.leakDetection.level=paranoid";

    @Mixin
    private ReportOptions options = new ReportOptions();

    @Mixin
    private MarkdownOption markdown = new MarkdownOption();

    @Option(
            names = "--inputs",
            paramLabel = "N",
            defaultValue = "100000",
            description = "How many, over all doors: ${DEFAULT-VALUE}, with --quick 1200.")
    private int inputs;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "What the changes are drawn from: ${DEFAULT-VALUE}.")
    private long seed;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (inputs < LEAST && spec != null) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "That is less than one for each door and round: write --inputs 48 or more.");
        }
        try (StartedTiers tiers =
                StartedTiers.start(Project.folder(), "bench-fuzz", this::settings, options::progress)) {
            Fuzzed fuzzed =
                    new FuzzRun(options.quick() ? Math.min(FEW, inputs) : inputs, seed, options::progress).run(tiers);
            Table doors = FuzzReport.doors(fuzzed);
            Table held = FuzzReport.held(fuzzed);
            markdown.write(doors, held);
            return options.publish(
                    doors + System.lineSeparator() + held,
                    new Report(
                            "fuzz",
                            Machine.here(),
                            FuzzReport.rows(fuzzed),
                            options.quick() ? List.of() : FuzzReport.bars(fuzzed),
                            FuzzReport.notes(seed, fuzzed)));
        }
    }

    private PlatformSpec settings(PlatformSpec spec) {
        PlatformSpec strict = options.quick() ? StartedTiers.shortLived(spec) : spec;
        for (Tier tier : Tier.values()) {
            strict = strict.jvmOptions(tier, LEAKS);
        }
        // Two hosts, since one of them is drained; and nobody who waits long for what never comes.
        return strict.count(Tier.HOST, 2)
                .property(Tier.FRONTEND, "sluice.http.body-timeout", "500ms")
                .property(Tier.FRONTEND, "sluice.http.idle-timeout", "1s")
                .property(Tier.ROUTER, "sluice.router.idle-timeout", "1s");
    }
}
