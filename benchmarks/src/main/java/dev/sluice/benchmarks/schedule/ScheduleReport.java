package dev.sluice.benchmarks.schedule;

import dev.sluice.benchmarks.report.Bar;
import dev.sluice.benchmarks.report.LineChart;
import dev.sluice.benchmarks.report.Median;
import dev.sluice.benchmarks.report.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** How the {@code schedule} bench presents its results, and what it asks of them. */
final class ScheduleReport {

    private final SchedulePlan plan;
    private final List<Result> results;
    private final List<ScaleRun.Row> scale;
    private final List<Tally> timed;

    ScheduleReport(SchedulePlan plan, List<Result> results, List<ScaleRun.Row> scale, List<Tally> timed) {
        this.plan = plan;
        this.results = results;
        this.scale = scale;
        this.timed = timed;
    }

    String table() {
        Table table = new Table(Result.headings());
        results.forEach(result -> result.addTo(table));
        Table growth = new Table("how cost grows", "actors", "replicas", "queries/s", "mean queue", "M decisions/s");
        for (ScaleRun.Row row : scale) {
            growth.row(
                    row.what(),
                    Integer.toString(row.actors()),
                    Table.count(row.replicas()),
                    Table.count(row.offeredPerSecond()),
                    Table.count(row.meanQueue()),
                    Table.decimals(row.decisionsPerSecond() / 1e6, 2));
        }
        return table + System.lineSeparator() + growth;
    }

    List<Map<String, Object>> rows() {
        List<Map<String, Object>> rows = new ArrayList<>();
        results.forEach(result -> rows.add(result.row()));
        for (ScaleRun.Row row : scale) {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("scale", row.what());
            map.put("actors", row.actors());
            map.put("replicas", row.replicas());
            map.put("offered_per_second", row.offeredPerSecond());
            map.put("mean_queue", row.meanQueue());
            map.put("decisions_per_second", row.decisionsPerSecond());
            rows.add(map);
        }
        return rows;
    }

    List<Bar> bars() {
        List<Bar> bars = new ArrayList<>();
        bars.add(worstOfBound("Poisson 0.5 - 5x, % of UB", "Poisson", 96));
        bars.add(worstOfBound("noise 3 %, % of UB", "noise 3 %", 94));
        bars.add(worstOfBound("Gamma CV 4, % of UB", "Gamma", 94));
        bars.add(worstOfBound("MMPP, % of UB", "MMPP", 92));
        for (String mix : new String[] {"50/50", "20/80"}) {
            twoClasses(bars, "30/200 ms " + mix);
        }
        bars.add(Bar.atMost("finished late, worst but for pauses and heavy tails, %", 100 * worstLate(), 0.1));
        bars.add(Bar.atMost("refused after, p99, worst but for pauses and heavy tails, ms", slowestRefusal(), 5));
        bars.add(Bar.atMost("the others lose by a greedy tenant, points", lostByGreed(), 1));
        bars.add(Bar.atMost("step 5x, failures end after, ms", of("step").recoveryMillis(), 100));
        bars.add(Bar.atLeast(
                "attainment at Poisson 0.9x, %", 100 * of("Poisson 0.9x").attainment(), 99.9));
        bars.add(Bar.atLeast(
                "million decisions/s on one core, 1 actor", scale.get(0).decisionsPerSecond() / 1e6, 1));
        bars.add(Bar.atMost(
                "one decision, p99, us, the median of %d runs".formatted(timed.size()),
                Median.of(timed, tally -> tally.decisionNanos.getValueAtPercentile(99) / 1e3),
                20));
        return bars;
    }

    private void twoClasses(List<Bar> bars, String name) {
        bars.add(Bar.atLeast(name + " 0.9x, % of UB", 100 * of(name + " 0.9x").ofBound(), 98));
        bars.add(Bar.atLeast(name + " 1.0x, % of UB", 100 * of(name + " 1.0x").ofBound(), 95));
        bars.add(Bar.atLeast(
                name + " 1.0x, the worse class, %", 100 * of(name + " 1.0x").worstClass(), 90));
        bars.add(Bar.atLeast(name + " 2x, % of UB", 100 * of(name + " 2.0x").ofBound(), 92));
        bars.add(Bar.atLeast(
                name + " 2x, the worse class, % of its fair share",
                100 * of(name + " 2.0x").worstFair(),
                80));
    }

    List<String> notes() {
        return List.of(
                "%d seeds (%d for baselines), %.0f s of virtual time each; 8 replicas, l(b) = 1.082 b + 5.204 ms, SLO 100 ms"
                        .formatted(plan.seeds(), plan.baselineSeeds(), plan.measuredNanos() / 1e9),
                "baselines are given the best batch size; the deadline scheduler measures a batch of 1, 2, 4, ... on each replica"
                        + " first, but for 'no warm-up', which is counted from its first query on",
                "rates of decisions are medians of the seeds",
                "decisions per second are per second of core time, with all that the simulation itself needs",
                "with pauses of 100 ms, what runs when one begins is late whatever a scheduler does; so is what meets a heavy tail"
                        + " (log-normal, sigma 0.4)");
    }

    /** Draws what the table says. */
    void drawInto(Path folder) throws IOException {
        String[] loads =
                Arrays.stream(Workloads.LOADS).mapToObj(load -> load + "x").toArray(String[]::new);
        LineChart goodput = new LineChart(
                "Goodput, % of what is possible (Poisson, SLO 100 ms, 8 replicas)", "offered load", loads, 100);
        for (Policy policy : Policy.values()) {
            goodput.line(
                    policy.label(),
                    results.stream()
                            .filter(result -> result.policy() == policy
                                    && result.workload().name().startsWith("Poisson"))
                            .mapToDouble(result -> 100 * result.ofBound())
                            .toArray());
        }
        goodput.writeTo(folder.resolve("schedule-goodput.svg"));
        int from = (int) ((Modulated.STEP_UP_NANOS - 1e9) / Tally.SLICE_NANOS);
        int to = (int) ((Modulated.STEP_DOWN_NANOS + 2e9) / Tally.SLICE_NANOS);
        String[] seconds = new String[to - from];
        Arrays.setAll(seconds, i -> Table.decimals((i * Tally.SLICE_NANOS - 1e9) / 1e9, 1));
        LineChart step = new LineChart(
                "Answered in time per second: load 0.5x, then 5x from 0 to 3 s, then 0.5x",
                "arrival of the query, s",
                seconds,
                8_000);
        for (Result result : results) {
            if (result.workload().name().startsWith("step")) {
                double[] values = new double[to - from];
                Arrays.setAll(values, i -> result.slices()[from + i] / (Tally.SLICE_NANOS / 1e9));
                step.line(result.policy().label(), values);
            }
        }
        step.writeTo(folder.resolve("schedule-step.svg"));
    }

    private Result of(String name) {
        return results.stream()
                .filter(result -> result.policy() == Policy.DEADLINE
                        && result.workload().name().startsWith(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no workload '" + name + "'"));
    }

    private Bar worstOfBound(String bar, String prefix, double least) {
        double worst = results.stream()
                .filter(result -> result.policy() == Policy.DEADLINE
                        && result.workload().name().startsWith(prefix))
                .mapToDouble(Result::ofBound)
                .min()
                .orElseThrow();
        return Bar.atLeast(bar, 100 * worst, least);
    }

    private double worstLate() {
        return calm().mapToDouble(Result::late).max().orElseThrow();
    }

    private double slowestRefusal() {
        return calm().mapToDouble(Result::refusalMillis).max().orElseThrow();
    }

    /** Where nothing happens that a scheduler cannot foresee. */
    private Stream<Result> calm() {
        return results.stream().filter(result -> {
            Workload.Conditions conditions = result.workload().conditions();
            return result.policy() == Policy.DEADLINE
                    && Double.isInfinite(conditions.pauseEveryNanos())
                    && conditions.tail() == 0
                    && conditions.explored();
        });
    }

    private double lostByGreed() {
        double[] alike = of("10 tenants alike").byTenant();
        double[] greedy = of("1 of 10 at 10x").byTenant();
        double most = 0;
        for (int i = 1; i < alike.length; i++) {
            most = Math.max(most, 100 * (alike[i] - greedy[i]));
        }
        return most;
    }
}
