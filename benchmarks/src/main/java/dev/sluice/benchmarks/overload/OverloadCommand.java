package dev.sluice.benchmarks.overload;

import dev.sluice.benchmarks.load.QueryBody;
import dev.sluice.benchmarks.process.StartedTiers;
import dev.sluice.benchmarks.report.Bar;
import dev.sluice.benchmarks.report.Machine;
import dev.sluice.benchmarks.report.Report;
import dev.sluice.benchmarks.report.ReportOptions;
import dev.sluice.cli.Project;
import dev.sluice.cli.platform.Tier;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Offers the three tiers more than they can do, and says what came back in time. */
@Command(
        name = "overload",
        mixinStandardHelpOptions = true,
        description = {
            "What is answered in time under open-loop Poisson load of 0.5 to 5 times what the replicas can do.",
            "The demo actor 'model' (2 replicas, 4 ms per query and 20 ms per batch, SLO 200 ms), with the schedulers fifo"
                    + " and deadline; then with two SLO classes."
        },
        footer = {
            "",
            "Examples:",
            "  ./sluice bench overload --json overload.json --charts docs/images",
            "  ./sluice bench overload --url http://127.0.0.1:9000/predict --body '{\"inputs\": [1]}'"
        })
public final class OverloadCommand implements Callable<Integer> {

    private static final String ACTOR = "model";
    private static final String FIFO = "fifo";
    private static final Pattern ANSWER = Pattern.compile("\\{\"success\": ?true,.*\"result\": ?(\\d+)}");

    @Mixin
    private ReportOptions options = new ReportOptions();

    @Option(names = "--charts", paramLabel = "FOLDER", description = "Also draw the result, as SVG, into this folder.")
    private @Nullable Path charts;

    @Option(
            names = "--url",
            description = "Also offer the same to this server, which runs already and takes as long for a batch.")
    private @Nullable URI url;

    @Option(
            names = "--body",
            paramLabel = "JSON",
            description = "What to post to it; {slo_ms} stands for the SLO. Any reply with status 200 is an answer.")
    private String body = QueryBody.SLUICE.template();

    @Override
    public Integer call() throws IOException {
        OverloadPlan plan = options.quick() ? OverloadPlan.quick() : OverloadPlan.full();
        Machine machine = Machine.here();
        List<Level> levels = new ArrayList<>();
        long cpuBefore = threadCpu();
        long before = System.nanoTime();
        URI other = url;
        if (other != null) {
            OverloadRun run = new OverloadRun(plan, Model.DEMO, new QueryBody(body), any -> true, options::progress);
            levels.addAll(run.run(List.of(new Side("other", other))));
        }
        levels.addAll(overTiers(plan));
        if (charts != null) {
            OverloadChart.drawInto(levels, charts);
        }
        List<String> notes = notes(plan, levels, (double) (threadCpu() - cpuBefore) / (System.nanoTime() - before));
        List<Bar> bars = options.quick() ? List.of() : OverloadReport.bars(levels);
        return options.publish(
                OverloadReport.table(levels),
                new Report("overload", machine, OverloadReport.rows(levels), bars, notes));
    }

    private List<Level> overTiers(OverloadPlan plan) throws IOException {
        List<String> schedulers = options.quick() || url != null
                ? List.of(OverloadReport.DEADLINE)
                : List.of(FIFO, OverloadReport.DEADLINE);
        Deque<StartedTiers> started = new ArrayDeque<>();
        try {
            List<Side> sides = new ArrayList<>();
            for (String scheduler : schedulers) {
                StartedTiers tiers = StartedTiers.start(
                        Project.folder(),
                        "bench-" + scheduler,
                        spec -> spec.property(Tier.HOST, "sluice.actors." + ACTOR + ".scheduler", scheduler),
                        options::progress);
                started.push(tiers);
                sides.add(new Side(scheduler, tiers.url(ACTOR)));
            }
            return new OverloadRun(plan, Model.DEMO, QueryBody.SLUICE, OverloadCommand::isAnswer, options::progress)
                    .run(sides);
        } finally {
            started.forEach(StartedTiers::close);
        }
    }

    /** The actor answers with the size of the batch that the query was in. */
    static boolean isAnswer(String reply) {
        Matcher answer = ANSWER.matcher(reply);
        if (!answer.matches()) {
            return false;
        }
        int batch = Integer.parseInt(answer.group(1));
        return batch >= 1 && batch <= Model.DEMO.maxBatch();
    }

    private static List<String> notes(OverloadPlan plan, List<Level> levels, double generatorCores) {
        List<String> notes = new ArrayList<>();
        notes.add(
                "%.1f s per side and load after %.1f s of lead-in; times count from when a query was meant to leave, not"
                                .formatted(
                                        plan.measured().toMillis() / 1e3,
                                        plan.leadIn().toMillis() / 1e3)
                        + " from when it left");
        notes.add("1.0x is %.1f queries/s: 2 replicas, 4 ms per query, 20 ms per batch, at most 28 in one"
                .formatted(Model.DEMO.capacity(
                        OverloadPlan.ONE_CLASS.classes().get(0).sloMillis())));
        notes.add("late: answered, or told that it was over, after the SLO; p50 and p99: of the time until a refusal");
        notes.add("load generator: one thread of this process, %.2f cores".formatted(generatorCores));
        levels.stream()
                .filter(level -> !level.tally().firstFailure().isEmpty())
                .findFirst()
                .ifPresent(level -> notes.add("the first failure, of " + level.side() + ": "
                        + level.tally().firstFailure()));
        notes.add(OverloadReport.AIMS);
        return notes;
    }

    private static long threadCpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
