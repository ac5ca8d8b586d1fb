package dev.sluice.benchmarks.hops;

import dev.sluice.benchmarks.process.Bystanders;
import dev.sluice.benchmarks.process.ChildProcess;
import dev.sluice.benchmarks.process.FrontendJvm;
import dev.sluice.benchmarks.process.NamedProcess;
import dev.sluice.benchmarks.process.StartedTiers;
import dev.sluice.benchmarks.report.Bar;
import dev.sluice.benchmarks.report.Machine;
import dev.sluice.benchmarks.report.Report;
import dev.sluice.benchmarks.report.ReportOptions;
import dev.sluice.cli.Project;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts what is to be compared, has it measured, and says what came out. */
@Command(
        name = "hops",
        mixinStandardHelpOptions = true,
        description = "What the way through three tiers costs, against a bare WebFlux echo: requests/s, p50, p99.",
        footer = {"", "Example: ./sluice bench hops --json hops.json"})
public final class HopsCommand implements Callable<Integer> {

    private static final String ACTOR = "noop";
    private static final Duration SETTLING = Duration.ofSeconds(15);

    @Mixin
    private ReportOptions options = new ReportOptions();

    @Option(names = "--url", description = "Measure this no-op actor of a platform that runs already.")
    private @Nullable URI url;

    @Option(names = "--echo", paramLabel = "URL", description = "Compare with this echo, which runs already.")
    private @Nullable URI echoUrl;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (url != null) {
            return withEcho(new Side("tiers", Query.prepare(url), List.of()));
        }
        try (StartedTiers tiers = StartedTiers.start(Project.folder(), options::progress)) {
            return withEcho(new Side("tiers", Query.prepare(tiers.url(ACTOR), SETTLING), tiers.processes()));
        }
    }

    private int withEcho(Side tiers) throws IOException, InterruptedException {
        if (echoUrl != null) {
            return measure(new Side("echo", Query.prepare(echoUrl), List.of()), tiers);
        }
        options.progress("echo: starting");
        try (EchoProcess echo = EchoProcess.start(FrontendJvm.command(Project.folder()), ChildProcess.freePort())) {
            return measure(new Side("echo", Query.prepare(echo.url(ACTOR)), List.of(echo.process())), tiers);
        }
    }

    private int measure(Side echo, Side tiers) throws IOException {
        HopsPlan plan = options.quick() ? HopsPlan.quick() : HopsPlan.full();
        Machine machine = Machine.here();
        Bystanders bystanders = new Bystanders(processes(echo, tiers));
        Drive drive = new Drive();
        List<Level> levels = new HopsRun(plan, echo, tiers, drive, options::progress).run();
        // Where a side runs already, its processes are not known and would look like bystanders.
        boolean allKnown = !echo.processes().isEmpty() && !tiers.processes().isEmpty();
        OptionalDouble others = allKnown ? bystanders.coresUsed() : OptionalDouble.empty();

        List<Map<String, Object>> rows = HopsReport.rows(levels);
        List<Bar> bars = HopsReport.bars(levels);
        List<String> notes = new HopsNotes(machine.cores()).of(plan, levels, drive.checked(), others);
        Memory memory = Memory.of(tiers.processes());
        if (memory.known()) {
            rows.add(memory.row());
            bars.add(memory.bar());
            notes.add(memory.toString());
        }
        List<Bar> looked = options.quick() ? List.of() : bars;
        return options.publish(HopsReport.table(levels), new Report("hops", machine, rows, looked, notes));
    }

    private static List<NamedProcess> processes(Side echo, Side tiers) {
        return Stream.of(List.of(NamedProcess.self("bench")), echo.processes(), tiers.processes())
                .flatMap(List::stream)
                .toList();
    }
}
