package dev.sluice.benchmarks.onnx;

import dev.sluice.benchmarks.load.Arrivals;
import dev.sluice.benchmarks.load.Exchange;
import dev.sluice.benchmarks.load.LoadGenerator;
import dev.sluice.benchmarks.load.LoadPlan;
import dev.sluice.benchmarks.load.LoadResult;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** Measures one model after the other, its sides in turns. */
final class OnnxRun {

    private static final Duration LEAD_IN = Duration.ofMillis(500);

    private final OnnxPlan plan;
    private final Function<String, URI> urls;
    private final Consumer<String> progress;
    private final LoadGenerator generator = new LoadGenerator(Duration.ofSeconds(60));

    /** @param urls of actors by name */
    OnnxRun(OnnxPlan plan, Function<String, URI> urls, Consumer<String> progress) {
        this.plan = plan;
        this.urls = urls;
        this.progress = progress;
    }

    /** Drives the tiers with a model, in batches and query by query, until what all models have in common is compiled. */
    void warmUp(BenchModel model) throws IOException, InterruptedException {
        drive(served(model), plan.tiersWarmUp());
        drive(alone(model), plan.tiersWarmUp());
    }

    /** @throws IOException where a reply was wrong, lost or missing */
    Compared measure(BenchModel model) throws IOException, InterruptedException {
        Exchange served = served(model);
        Exchange alone = alone(model);
        try (BareModel bare = new BareModel(model, Runtime.getRuntime().availableProcessors())) {
            bare.findBest(plan.batches(), plan.search());
            drive(served, plan.warmUp());
            drive(alone, plan.warmUp().dividedBy(2));
            List<Compared.Round> rounds = new ArrayList<>();
            for (int i = 1; i <= plan.rounds(); i++) {
                Compared.Round round = new Compared.Round(
                        bare.queriesPerSecond(plan.measured()),
                        drive(served, plan.measured()),
                        drive(alone, plan.measured()));
                rounds.add(round);
                progress.accept("%s, round %d of %d: bare %.1f/s, served %.1f/s, one by one %.1f/s"
                        .formatted(model.name(), i, plan.rounds(), round.bare(), round.served(), round.alone()));
            }
            return new Compared(model.name(), bare.batch(), rounds);
        }
    }

    private Exchange served(BenchModel model) throws IOException, InterruptedException {
        return ServedModel.prepare(model, urls.apply(model.name()));
    }

    private Exchange alone(BenchModel model) throws IOException, InterruptedException {
        return ServedModel.prepare(model, urls.apply(model.name() + Models.ALONE));
    }

    private double drive(Exchange exchange, Duration time) throws IOException {
        LoadResult result =
                generator.run(exchange, new LoadPlan(plan.connections(), LEAD_IN, time), Arrivals.closedLoop());
        if (!result.faults().none()) {
            throw new IOException("%d replies went wrong. The first: %s"
                    .formatted(result.faults().total(), result.faults().first()));
        }
        return result.requestsPerSecond();
    }
}
