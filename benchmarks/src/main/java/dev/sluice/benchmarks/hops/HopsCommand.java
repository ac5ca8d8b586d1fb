package dev.sluice.benchmarks.hops;

import dev.sluice.benchmarks.report.Bar;
import dev.sluice.benchmarks.report.Machine;
import dev.sluice.benchmarks.report.Report;
import dev.sluice.benchmarks.report.ReportOptions;
import dev.sluice.benchmarks.report.Table;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts what is to be compared, has it measured, and says what came out. */
@Command(
        name = "hops",
        description = "What three tiers cost, against a bare WebFlux echo: requests/s, p50, p99.",
        footer = {"", "Example: sluice bench hops --json hops.json"})
public final class HopsCommand implements Callable<Integer> {

    private static final int ECHO_PORT = 19_090;

    @Mixin
    private ReportOptions options = new ReportOptions();

    @Option(names = "--url", description = "Measure this actor of a platform that runs already.")
    private @Nullable URI url;

    @Option(names = "--echo", description = "Compare with this echo that runs already, instead of starting one.")
    private @Nullable URI echoUrl;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (url == null) {
            throw new IllegalArgumentException("say which actor to measure with --url");
        }
        if (echoUrl != null) {
            return measure(side("echo", echoUrl), side("tiers", url));
        }
        try (EchoProcess echo = EchoProcess.start(java(), FLAGS, ECHO_PORT)) {
            Side echoSide = new Side("echo", Query.prepare(echo.url("noop")), List.of(echo.process()));
            return measure(echoSide, side("tiers", url));
        }
    }

    private static final List<String> FLAGS = List.of("-Xms256m", "-Xmx256m", "-XX:+UseParallelGC");

    private int measure(Side echo, Side tiers) throws IOException {
        HopsPlan plan = options.quick() ? HopsPlan.quick() : HopsPlan.full();
        Drive drive = new Drive();
        List<Level> levels = new HopsRun(plan, echo, tiers, drive, options::progress).run();
        List<Bar> bars = options.quick() ? List.of() : HopsReport.bars(levels);
        List<String> notes = notes(plan, levels, drive);
        return options.publish(
                HopsReport.table(levels),
                new Report("hops", Machine.here(), HopsReport.rows(levels), bars, notes));
    }

    private static List<String> notes(HopsPlan plan, List<Level> levels, Drive drive) {
        int cores = Runtime.getRuntime().availableProcessors();
        double busiest = levels.stream()
                .mapToDouble(level -> Math.max(
                        level.echo().generatorCores(), level.tiers().generatorCores()))
                .max()
                .orElse(0);
        List<String> notes = new ArrayList<>();
        notes.add("%d rounds of %.1f s per side and level, in alternation; medians; warm-up %d s per side"
                .formatted(
                        plan.rounds(),
                        plan.measured().toMillis() / 1e3,
                        plan.warmUp().toSeconds()));
        notes.add(Table.count(drive.checked()) + " replies checked, status and every byte of the body; none was wrong");
        notes.add("the load generator, one thread, used at most %.0f %% of the %d cores"
                .formatted(100 * busiest / cores, cores));
        notes.add(HopsReport.AIMS);
        return notes;
    }

    private static Side side(String name, URI running) throws IOException, InterruptedException {
        return new Side(name, Query.prepare(running), List.of());
    }

    private static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }
}
