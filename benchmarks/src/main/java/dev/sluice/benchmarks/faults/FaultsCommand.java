package dev.sluice.benchmarks.faults;

import dev.sluice.benchmarks.report.Machine;
import dev.sluice.benchmarks.report.MarkdownOption;
import dev.sluice.benchmarks.report.Report;
import dev.sluice.benchmarks.report.ReportOptions;
import dev.sluice.benchmarks.report.Table;
import dev.sluice.cli.platform.Tier;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lets things go wrong under load, and says what callers noticed. */
@Command(
        name = "faults",
        mixinStandardHelpOptions = true,
        description = {
            "What callers notice when processes are killed, paused and restarted, when the network between them is cut or bad,"
                    + " when a disk is full and clocks are wrong.",
            "About eight minutes. Wrong clocks take libfaketime, a full disk takes prlimit; no rights are needed."
        },
        footer = {
            "",
            "Examples:",
            "  ./sluice bench faults --json faults.json",
            "  ./sluice bench faults --only 'kill router' --only 'full disk'"
        })
public final class FaultsCommand implements Callable<Integer> {

    @Mixin
    private ReportOptions options = new ReportOptions();

    @Mixin
    private MarkdownOption markdown = new MarkdownOption();

    @Option(
            names = "--only",
            paramLabel = "NAME",
            description = "Only this fault, by its name in the table. May be repeated.")
    private List<String> only = new ArrayList<>();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        FaultPlan plan = options.quick() ? FaultPlan.quick() : FaultPlan.full();
        List<Fault> chosen = new ArrayList<>(chosen());
        List<String> leftOut = new ArrayList<>();
        if (FakedClocks.library().isEmpty()
                && chosen.removeIf(fault -> fault.shape().fakedClocks())) {
            leftOut.add(FaultRun.NO_CLOCKS);
        }
        if (chosen.isEmpty() && spec != null) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "Nothing is left to be tried. " + String.join("; ", leftOut));
        }
        FaultRun run = new FaultRun(plan, options::progress);
        List<Aftermath> all = run.run(chosen);
        FaultsReport report = new FaultsReport(plan, all, run.broken(), leftOut);
        Table table = report.table();
        markdown.write(table);
        return options.publish(
                table.toString(),
                new Report(
                        "faults",
                        Machine.here(),
                        report.rows(),
                        options.quick() ? List.of() : report.bars(),
                        report.notes()));
    }

    private List<Fault> chosen() {
        List<String> known = FaultRun.ALL.stream().map(Fault::name).toList();
        for (String name : only) {
            if (!known.contains(name) && spec != null) {
                throw new CommandLine.ParameterException(
                        spec.commandLine(),
                        "There is no fault " + name + ": choose of "
                                + known.stream().collect(Collectors.joining(", ")) + ".");
            }
        }
        if (only.isEmpty() && options.quick()) {
            return List.of(new Killed(Tier.HOST));
        }
        return FaultRun.ALL.stream()
                .filter(fault -> only.isEmpty() || only.contains(fault.name()))
                .toList();
    }
}
