package dev.sluice.benchmarks.scaling;

import dev.sluice.benchmarks.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/** Runs every scenario, one after the other, on one thread. */
final class ScalingRun {

    private final ScalingPlan plan;
    private final Consumer<String> progress;

    ScalingRun(ScalingPlan plan, Consumer<String> progress) {
        this.plan = plan;
        this.progress = progress;
    }

    ScalingReport run() {
        List<Result> results = new ArrayList<>();
        Scenarios.steps().forEach(each -> results.add(run(seed -> each)));
        Scenarios.bursty(plan.steadySeconds()).forEach(each -> results.add(run(seed -> each)));
        results.add(run(seed -> Scenarios.modulated(plan.steadySeconds(), seed)));
        results.add(run(seed -> Scenarios.tide(2 * plan.steadySeconds())));
        results.add(run(seed -> Scenarios.idle()));
        return new ScalingReport(plan, results);
    }

    private Result run(LongFunction<Scenario> scenarios) {
        List<Outcome> auto = new ArrayList<>();
        List<Outcome> oracle = new ArrayList<>();
        List<Outcome> fixed = new ArrayList<>();
        for (long seed = 1; seed <= plan.seeds(); seed++) {
            Scenario scenario = scenarios.apply(seed);
            int mean = scenario.neededOnAverage();
            auto.add(new ScalingSimulation(scenario, Sizing.auto(scenario), 1, seed).run());
            Outcome same = new ScalingSimulation(scenario, Sizing.fixed(mean), mean, seed).run();
            fixed.add(same);
            oracle.add(scenario.load().isConstant() ? same : oracle(scenario, seed));
        }
        Result result = new Result(scenarios.apply(1), auto, oracle, fixed);
        progress.accept(result.scenario().name() + ": " + Table.count(result.turns()) + " turns at most, "
                + Table.decimals(100 * result.attainment(auto, 0), 2) + " % answered in time");
        return result;
    }

    private static Outcome oracle(Scenario scenario, long seed) {
        int first = scenario.needed(scenario.load().factorAt(0));
        return new ScalingSimulation(scenario, Sizing.oracle(scenario), first, seed).run();
    }
}
