package dev.sluice.benchmarks.scaling;

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

/** Tries the autoscaler under virtual time, and holds it against who knows the load beforehand. */
@Command(
        name = "scaling",
        mixinStandardHelpOptions = true,
        description = "How well the autoscaler follows the load, under virtual time.",
        footer = {"", "Example: ./sluice bench scaling --charts docs/images"})
public final class ScalingCommand implements Callable<Integer> {

    @Mixin
    private ReportOptions options = new ReportOptions();

    @Option(names = "--charts", paramLabel = "FOLDER", description = "Also draw the results, as SVG, into this folder.")
    private @Nullable Path charts;

    @Override
    public Integer call() throws IOException {
        ScalingPlan plan = options.quick() ? ScalingPlan.quick() : ScalingPlan.full();
        ScalingReport report = new ScalingRun(plan, options::progress).run();
        if (charts != null) {
            report.drawInto(charts);
        }
        List<Bar> bars = options.quick() ? List.of() : report.bars();
        return options.publish(
                report.table(), new Report("scaling", Machine.here(), report.rows(), bars, report.notes()));
    }
}
