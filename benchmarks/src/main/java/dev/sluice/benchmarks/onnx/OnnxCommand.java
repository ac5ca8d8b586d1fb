package dev.sluice.benchmarks.onnx;

import dev.sluice.benchmarks.process.StartedTiers;
import dev.sluice.benchmarks.report.Bar;
import dev.sluice.benchmarks.report.Machine;
import dev.sluice.benchmarks.report.Report;
import dev.sluice.benchmarks.report.ReportOptions;
import dev.sluice.cli.Project;
import dev.sluice.cli.platform.Tier;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts a host with models, drives them and the bare runtime in turns, and says what came out. */
@Command(
        name = "onnx",
        mixinStandardHelpOptions = true,
        description = "What serving a model costs: queries/s through three tiers against a bare loop of ONNX Runtime.",
        footer = {"", "Example: ./sluice bench onnx --models models --json onnx.json"})
public final class OnnxCommand implements Callable<Integer> {

    @Mixin
    private ReportOptions options = new ReportOptions();

    @Option(
            names = "--models",
            paramLabel = "FOLDER",
            defaultValue = "${env:SLUICE_MODELS_DIR}",
            description = "Also measure those of this folder that the bench knows what to ask: magika, ppocr-cls,"
                    + " ppocr-rec, silero-vad. Usually the environment's SLUICE_MODELS_DIR.")
    private @Nullable Path models;

    @Option(names = "--model", paramLabel = "NAME", description = "Only this one; may be repeated. Unless given, all.")
    private List<String> names = List.of();

    @Override
    public Integer call() throws IOException, InterruptedException {
        OnnxPlan plan = options.quick() ? OnnxPlan.quick() : OnnxPlan.full();
        Path examples = Project.folder().resolve("examples/actors/target/sluice-example-actors.jar");
        List<Compared> compared = new ArrayList<>();
        try (Models prepared = Models.prepare(options.quick() ? null : models, examples);
                StartedTiers tiers = start(prepared.folder())) {
            List<BenchModel> chosen = prepared.models().stream()
                    .filter(model -> names.isEmpty() || names.contains(model.name()))
                    .toList();
            if (chosen.isEmpty()) {
                throw new IOException("There is none of the models " + names + "; there are "
                        + prepared.models().stream().map(BenchModel::name).toList() + ".");
            }
            OnnxRun run = new OnnxRun(plan, tiers::url, options::progress);
            run.warmUp(chosen.get(0));
            for (BenchModel model : chosen) {
                compared.add(run.measure(model));
            }
        }
        List<Bar> bars = options.quick() ? List.of() : OnnxReport.bars(compared);
        return options.publish(
                OnnxReport.table(compared),
                new Report("onnx", Machine.here(), OnnxReport.rows(compared), bars, OnnxReport.notes(plan)));
    }

    /** One host: models on two would have half of the cores each. */
    private StartedTiers start(Path folder) {
        return StartedTiers.start(
                Project.folder(),
                "bench-onnx",
                spec -> spec.count(Tier.HOST, 1).property(Tier.HOST, "sluice.host.models.dir", folder.toString()),
                options::progress);
    }
}
