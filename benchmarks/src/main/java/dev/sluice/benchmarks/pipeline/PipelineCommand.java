package dev.sluice.benchmarks.pipeline;

import dev.sluice.benchmarks.hops.Query;
import dev.sluice.benchmarks.load.Exchange;
import dev.sluice.benchmarks.pipeline.StepsRun.Level;
import dev.sluice.benchmarks.process.StartedTiers;
import dev.sluice.benchmarks.report.Bar;
import dev.sluice.benchmarks.report.Machine;
import dev.sluice.benchmarks.report.Report;
import dev.sluice.benchmarks.report.ReportOptions;
import dev.sluice.benchmarks.report.Table;
import dev.sluice.cli.Project;
import dev.sluice.cli.platform.Tier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Starts the tiers with pipelines of several lengths over an actor that does nothing. */
@Command(
        name = "pipeline",
        mixinStandardHelpOptions = true,
        description = "What each step of a pipeline adds, against a direct call of the same actor.",
        footer = {"", "Example: ./sluice bench pipeline --json pipeline.json"})
public final class PipelineCommand implements Callable<Integer> {

    private static final String ACTOR = "noop";
    private static final List<Integer> LENGTHS = List.of(1, 2, 4, 8);
    private static final Duration SETTLING = Duration.ofSeconds(20);
    private static final double MOST_OVERHEAD = 1.5;

    @Mixin
    private ReportOptions options = new ReportOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path file = Files.createTempFile("sluice-bench-pipeline", ".yaml");
        try {
            Files.writeString(file, actorsFile());
            try (StartedTiers tiers = StartedTiers.start(
                    Project.folder(),
                    "bench-pipeline",
                    spec -> spec.property(Tier.ROUTER, "sluice.fleet.actors-file", file.toString()),
                    options::progress)) {
                return measure(tiers);
            }
        } finally {
            Files.delete(file);
        }
    }

    /** Each step waits for the one before it, and passes on what that answered. */
    private static String actorsFile() {
        StringBuilder text = new StringBuilder("actors:\n");
        for (int length : LENGTHS) {
            text.append("  ").append(name(length)).append(":\n    pipeline:\n      steps:\n");
            for (int i = 1; i <= length; i++) {
                text.append("        s").append(i).append(": {actor: ").append(ACTOR);
                text.append(i == 1 ? "}\n" : ", input: $s" + (i - 1) + "}\n");
            }
        }
        return text.toString();
    }

    private static String name(int length) {
        return "steps-" + length;
    }

    private int measure(StartedTiers tiers) throws IOException, InterruptedException {
        Map<Integer, Exchange> asked = new LinkedHashMap<>();
        asked.put(0, Query.prepare(tiers.url(ACTOR), SETTLING));
        for (int length : LENGTHS) {
            asked.put(length, Query.prepare(tiers.url(name(length)), SETTLING));
        }
        Duration measured = options.quick() ? Duration.ofMillis(300) : Duration.ofSeconds(3);
        List<Level> levels = new StepsRun(asked, measured, options.quick() ? 1 : 5, options::progress)
                .run(options.quick() ? List.of(1) : List.of(1, 16));
        List<Bar> bars = new ArrayList<>();
        List<Map<String, Object>> rows = new ArrayList<>();
        Table table = new Table("steps", "connections", "p50 ms", "requests/s", "per step / direct call");
        for (Level level : levels) {
            double ratio = perStep(levels, level);
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("steps", level.steps());
            row.put("connections", level.connections());
            row.put("p50_ms", level.p50Millis());
            row.put("requests_per_s", level.requestsPerSecond());
            row.put("per_step", ratio);
            rows.add(row);
            table.row(
                    level.steps() == 0 ? "direct" : Integer.toString(level.steps()),
                    Integer.toString(level.connections()),
                    Table.decimals(level.p50Millis(), 3),
                    Table.count(level.requestsPerSecond()),
                    level.steps() == 0 ? "" : Table.decimals(ratio, 2));
            if (level.steps() == LENGTHS.get(LENGTHS.size() - 1) && !options.quick()) {
                bars.add(Bar.atMost(
                        "time per step beside a direct call's, " + level.connections() + " connections",
                        ratio,
                        MOST_OVERHEAD));
            }
        }
        return options.publish(
                table.toString(),
                new Report(
                        "pipeline",
                        Machine.here(),
                        rows,
                        bars,
                        List.of(
                                "p50 of a pipeline divided by its steps, beside the p50 of a direct call of the same actor;"
                                        + " medians of rounds that take turns",
                                "one connection asks one query at a time")));
    }

    private static double perStep(List<Level> levels, Level level) {
        double direct = levels.stream()
                .filter(other -> other.steps() == 0 && other.connections() == level.connections())
                .mapToDouble(Level::p50Millis)
                .findFirst()
                .orElse(Double.NaN);
        return level.p50Millis() / Math.max(1, level.steps()) / direct;
    }
}
