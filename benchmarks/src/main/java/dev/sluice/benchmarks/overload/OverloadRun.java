package dev.sluice.benchmarks.overload;

import dev.sluice.benchmarks.load.OpenLoad;
import dev.sluice.benchmarks.load.PoissonArrivals;
import dev.sluice.benchmarks.load.QueryBody;
import dev.sluice.benchmarks.overload.OverloadPlan.Scenario;
import dev.sluice.benchmarks.report.Table;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/** Sends every load of a plan to every side, one after the other, with the same arrivals for all sides. */
final class OverloadRun {

    private static final int MOST_CONNECTIONS = 8_000;
    private static final int DEFAULT_PORT = 80;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final OverloadPlan plan;
    private final Model model;
    private final QueryBody body;
    private final Tally.AnswerCheck check;
    private final Consumer<String> progress;

    OverloadRun(OverloadPlan plan, Model model, QueryBody body, Tally.AnswerCheck check, Consumer<String> progress) {
        this.plan = plan;
        this.model = model;
        this.body = body;
        this.check = check;
        this.progress = progress;
    }

    List<Level> run(List<Side> sides) throws IOException {
        List<Level> levels = new ArrayList<>();
        for (Scenario scenario : plan.scenarios()) {
            for (Side side : sides) {
                drive(scenario, side, plan.loads().get(0), Duration.ZERO, plan.warmUp());
            }
            for (double load : plan.loads()) {
                for (Side side : sides) {
                    Level level = drive(scenario, side, load, plan.leadIn(), plan.measured());
                    levels.add(level);
                    progress.accept("%s, %s, %.1fx: %s of %s/s in time, %.1f %% of what is possible"
                            .formatted(
                                    scenario.name(),
                                    side.name(),
                                    load,
                                    Table.count(level.goodput()),
                                    Table.count(level.offeredPerSecond()),
                                    100 * level.ofUpperBound()));
                }
            }
        }
        return levels;
    }

    private Level drive(Scenario scenario, Side side, double load, Duration leadIn, Duration measured)
            throws IOException {
        List<SloClass> classes = scenario.classes();
        int tightest = classes.stream().mapToInt(SloClass::sloMillis).min().orElseThrow();
        double perSecond = load * model.capacity(tightest);
        List<byte[]> requests = classes.stream()
                .map(each -> body.request(side.url(), each.sloMillis()))
                .toList();
        // The same for every side: what they are compared by is the same sequence of arrivals.
        long seed = scenario.name().hashCode() * 31L + Double.hashCode(load);
        try (OpenLoad generator = new OpenLoad(address(side.url()), requests, MOST_CONNECTIONS)) {
            long start = System.nanoTime();
            long from = start + leadIn.toNanos();
            Tally tally = new Tally(classes, check, from, from + measured.toNanos());
            generator.run(
                    new PoissonArrivals(new Random(seed), perSecond, start),
                    kinds(classes, new Random(~seed)),
                    leadIn.plus(measured),
                    PATIENCE,
                    tally);
            double seconds = measured.toNanos() / 1e9;
            double offered = tally.sum(ClassTally::offeredCount) / seconds;
            return new Level(scenario.name(), side.name(), load, seconds, model.upperBound(classes, offered), tally);
        }
    }

    private static IntSupplier kinds(List<SloClass> classes, Random random) {
        return () -> {
            double point = random.nextDouble();
            for (int kind = 0; kind < classes.size() - 1; kind++) {
                point -= classes.get(kind).share();
                if (point < 0) {
                    return kind;
                }
            }
            return classes.size() - 1;
        };
    }

    private static InetSocketAddress address(URI url) {
        return new InetSocketAddress(url.getHost(), url.getPort() < 0 ? DEFAULT_PORT : url.getPort());
    }
}
