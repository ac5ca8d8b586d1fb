package dev.sluice.benchmarks.codec;

import dev.sluice.benchmarks.report.Bar;
import dev.sluice.benchmarks.report.Machine;
import dev.sluice.benchmarks.report.Report;
import dev.sluice.benchmarks.report.ReportOptions;
import dev.sluice.benchmarks.report.Table;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs the JMH benchmarks of the codec and the lanes, and holds them to allocating nothing. */
@Command(
        name = "codec",
        mixinStandardHelpOptions = true,
        description = "What frames cost to encode, decode and queue: time and garbage, with JMH.",
        footer = {"", "Example: ./sluice bench codec --quick"})
public final class CodecCommand implements Callable<Integer> {

    @Mixin
    private ReportOptions options = new ReportOptions();

    @Override
    public Integer call() throws IOException, RunnerException {
        CodecPlan plan = options.quick() ? CodecPlan.quick() : CodecPlan.full();
        List<FrameCosts> frames = new CodecRun(plan, options::progress).run();
        Table table = new Table("operation", "ns/op", "B/op", "B beyond the holder");
        frames.forEach(frame -> frame.addTo(table));
        List<Bar> bars = options.quick()
                ? List.of()
                : frames.stream().flatMap(frame -> frame.bars().stream()).toList();
        List<String> notes = List.of("%d x %d ms each after %d x as long of warm-up, %s; a batch has 16 queries"
                .formatted(
                        plan.iterations(),
                        plan.iteration().toMillis(),
                        plan.warmUpIterations(),
                        plan.forks() == 0 ? "all in one JVM" : "each in a JVM of its own"));
        return options.publish(
                table.toString(),
                new Report(
                        "codec",
                        Machine.here(),
                        frames.stream().flatMap(frame -> frame.rows().stream()).toList(),
                        bars,
                        notes));
    }
}
