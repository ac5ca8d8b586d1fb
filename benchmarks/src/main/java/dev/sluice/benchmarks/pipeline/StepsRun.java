package dev.sluice.benchmarks.pipeline;

import dev.sluice.benchmarks.load.Arrivals;
import dev.sluice.benchmarks.load.Exchange;
import dev.sluice.benchmarks.load.LoadGenerator;
import dev.sluice.benchmarks.load.LoadPlan;
import dev.sluice.benchmarks.load.LoadResult;
import dev.sluice.benchmarks.report.Median;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Asks the same actor directly, and through pipelines of more and more steps, in turns. */
final class StepsRun {

    /** @param steps 0 for the actor itself */
    record Level(int steps, int connections, double p50Millis, double requestsPerSecond) {}

    private final LoadGenerator generator = new LoadGenerator();
    private final Map<Integer, Exchange> bySteps;
    private final Duration measured;
    private final int rounds;
    private final Consumer<String> progress;

    /** @param bySteps what to ask, by the number of steps that it takes */
    StepsRun(Map<Integer, Exchange> bySteps, Duration measured, int rounds, Consumer<String> progress) {
        this.bySteps = new TreeMap<>(bySteps);
        this.measured = measured;
        this.rounds = rounds;
        this.progress = progress;
    }

    List<Level> run(List<Integer> connections) throws IOException {
        List<Level> levels = new ArrayList<>();
        for (int at : connections) {
            Map<Integer, List<LoadResult>> results = new TreeMap<>();
            for (int round = 0; round < rounds; round++) {
                for (Map.Entry<Integer, Exchange> side : bySteps.entrySet()) {
                    results.computeIfAbsent(side.getKey(), steps -> new ArrayList<>())
                            .add(drive(side.getValue(), at));
                }
            }
            results.forEach((steps, all) -> {
                Level level = new Level(
                        steps,
                        at,
                        Median.of(all, result -> result.latencyMillis(50)),
                        Median.of(all, LoadResult::requestsPerSecond));
                progress.accept("%d steps, %d connections: p50 %.3f ms".formatted(steps, at, level.p50Millis()));
                levels.add(level);
            });
        }
        return levels;
    }

    private LoadResult drive(Exchange exchange, int connections) throws IOException {
        LoadResult result = generator.run(
                exchange, new LoadPlan(connections, measured.dividedBy(2), measured), Arrivals.closedLoop());
        if (!result.faults().none()) {
            throw new IOException(result.faults().total() + " requests went wrong. The first: "
                    + result.faults().first());
        }
        return result;
    }
}
