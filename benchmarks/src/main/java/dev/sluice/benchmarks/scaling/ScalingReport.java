package dev.sluice.benchmarks.scaling;

import dev.sluice.benchmarks.report.Bar;
import dev.sluice.benchmarks.report.LineChart;
import dev.sluice.benchmarks.report.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;

/** How the {@code scaling} bench presents its results, and what it asks of them. */
final class ScalingReport {

    /** Points in which two fleets of the same size may differ, since they did not serve the same queries before. */
    private static final double TIE = -0.05;

    private static final int POINTS = 300;

    private final ScalingPlan plan;
    private final List<Result> results;

    ScalingReport(ScalingPlan plan, List<Result> results) {
        this.plan = plan;
        this.results = results;
    }

    String table() {
        Table table = new Table(Result.headings());
        results.forEach(result -> result.addTo(table));
        return table.toString();
    }

    List<Map<String, Object>> rows() {
        return results.stream().map(Result::row).toList();
    }

    List<Bar> bars() {
        List<Bar> bars = new ArrayList<>();
        for (Result result : named("step")) {
            bars.add(Bar.atMost(result.scenario().name() + ", decision after, s", result.firstUp(), 2));
        }
        Result step = named("step").get(0);
        bars.add(Bar.atMost(step.scenario().name() + ", need met after, s", step.covered(), 2));
        for (Result result : named("Gamma")) {
            bars.add(Bar.atMost(result.scenario().name() + ", changes of direction", result.turns(), 4));
        }
        for (Result result : results) {
            if (result.settles()) {
                bars.add(Bar.atLeast(
                        result.scenario().name() + ", settled, points above the fixed fleet",
                        100 * (result.settled(result.auto()) - result.settled(result.fixed())),
                        TIE));
            }
        }
        return bars;
    }

    List<String> notes() {
        return List.of(
                "%d seeds, %.0f s of virtual time where the load does not say otherwise; replicas start in %.0f s, the load is looked at every %.0f ms"
                        .formatted(
                                plan.seeds(),
                                plan.steadySeconds(),
                                ScalingSimulation.START_SECONDS,
                                1_000 * ScalingSimulation.TICK_SECONDS),
                "1.0x is what 4 replicas can do at most: %.0f queries/s of l(b) = 1.082 b + 5.204 ms with an SLO of 100 ms; of the slow model (40 b + 60 ms, 1.5 s) %.0f"
                        .formatted(unit("step 0.3x"), unit("step, slow")),
                "target utilisation 70 %, down after 60 s (idle: 30 s, to zero after 60 s); the autoscaler begins with one replica, and settled is what came of queries after the first minute",
                "times and turns (changes of direction, the first move too) are of the worst seed, the rest are means; a need is met where 80 % of the time of what was wanted would be used",
                "the oracle knows all rates, and for how long a replica starts; fixed is what the mean load needs, all the time");
    }

    private double unit(String name) {
        return named(name).get(0).scenario().unitPerSecond();
    }

    private List<Result> named(String prefix) {
        return results.stream()
                .filter(result -> result.scenario().name().startsWith(prefix))
                .toList();
    }

    /** Draws what was wanted and what there was over time. */
    void drawInto(Path folder) throws IOException {
        draw(named("step").get(0), 50, 200, 24, "Replicas: load 0.3x, 3x from 60 to 120 s, 0.3x")
                .writeTo(folder.resolve("scaling-step.svg"));
        Result bursty = named("Gamma CV 4 1.0x, slow").get(0);
        draw(bursty, 0, bursty.scenario().load().seconds(), 12, "Replicas: ten minutes of Gamma CV 4 arrivals, 95/s")
                .writeTo(folder.resolve("scaling-bursty.svg"));
        Result tide = named("tide").get(0);
        draw(tide, 0, tide.scenario().load().seconds(), 20, "Replicas: a tide between 0.25x and 2.25x")
                .writeTo(folder.resolve("scaling-tide.svg"));
    }

    private static LineChart draw(Result result, double from, double to, int most, String title) {
        double step = Math.max(ScalingSimulation.TICK_SECONDS, (to - from) / POINTS);
        int count = (int) ((to - from) / step);
        String[] labels = new String[count];
        Arrays.setAll(labels, i -> Table.decimals(from + i * step, 0));
        Outcome auto = result.auto().get(0);
        Scenario scenario = result.scenario();
        return new LineChart(title, "s", labels, most)
                .line("needed", values(count, i -> scenario.need(scenario.load().factorAt(from + i * step))))
                .line(
                        "wanted",
                        values(count, i -> auto.wanted[(int) ((from + i * step) / ScalingSimulation.TICK_SECONDS)]))
                .line(
                        "ready",
                        values(count, i -> auto.ready[(int) ((from + i * step) / ScalingSimulation.TICK_SECONDS)]));
    }

    private static double[] values(int count, IntToDoubleFunction value) {
        double[] values = new double[count];
        Arrays.setAll(values, value);
        return values;
    }
}
