package dev.sluice.benchmarks.schedule;

import dev.sluice.benchmarks.report.Bar;
import dev.sluice.benchmarks.report.Machine;
import dev.sluice.benchmarks.report.Report;
import dev.sluice.benchmarks.report.ReportOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Tries the schedulers under virtual time, and holds them to what is possible. */
@Command(
        name = "schedule",
        mixinStandardHelpOptions = true,
        description = "What the schedulers achieve of what is possible, under virtual time.",
        footer = {"", "Example: ./sluice bench schedule --charts docs/images"})
public final class ScheduleCommand implements Callable<Integer> {

    @Mixin
    private ReportOptions options = new ReportOptions();

    @Option(names = "--charts", paramLabel = "FOLDER", description = "Also draw the results, as SVG, into this folder.")
    private @Nullable Path charts;

    @Override
    public Integer call() throws IOException {
        SchedulePlan plan = options.quick() ? SchedulePlan.quick() : SchedulePlan.full();
        ScheduleRun run = new ScheduleRun(plan, options::progress);
        ScheduleReport report = run.run();
        if (charts != null) {
            report.drawInto(charts);
        }
        List<Bar> bars = options.quick() ? List.of() : report.bars();
        return options.publish(
                report.table(), new Report("schedule", Machine.here(), report.rows(), bars, report.notes()));
    }
}
