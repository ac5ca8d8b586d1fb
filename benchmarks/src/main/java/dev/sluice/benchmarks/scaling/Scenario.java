package dev.sluice.benchmarks.scaling;

import dev.sluice.benchmarks.schedule.ArrivalProcess;
import dev.sluice.benchmarks.schedule.BatchCost;
import dev.sluice.scheduling.scaling.ScalingRules;
import java.time.Duration;

/**
 * What is asked of an actor that is scaled.
 *
 * @param name as the table shows it
 * @param cost what a batch takes
 * @param sloSeconds of every query
 * @param kind of arrivals
 * @param load over time; 1.0x is what four replicas can do at most
 * @param rules of the autoscaler
 * @param settled from which second on the attainment counts as that of a fleet that has settled; infinite where it never does
 */
record Scenario(
        String name,
        BatchCost cost,
        double sloSeconds,
        ArrivalProcess.Kind kind,
        Load load,
        ScalingRules rules,
        double settled) {

    static final int UNIT_REPLICAS = 4;

    /** 40 ms per query and 60 ms per batch: 1.0x is 95 queries a second. */
    static final BatchCost SLOW = new BatchCost(40e6, 60e6, 32);

    private static final int MOST = 200;

    static Scenario quick(String name, ArrivalProcess.Kind kind, Load load) {
        return new Scenario(name, BatchCost.STANDARD, 0.1, kind, load, rules(1, 60, 300), Double.POSITIVE_INFINITY);
    }

    static Scenario slow(String name, ArrivalProcess.Kind kind, Load load) {
        return new Scenario(name, SLOW, 1.5, kind, load, rules(1, 60, 300), Double.POSITIVE_INFINITY);
    }

    static ScalingRules rules(int min, int downAfterSeconds, int idleAfterSeconds) {
        return new ScalingRules(
                min, MOST, 0.7, Duration.ofSeconds(downAfterSeconds), Duration.ofSeconds(idleAfterSeconds));
    }

    Scenario settledFrom(double second) {
        return new Scenario(name, cost, sloSeconds, kind, load, rules, second);
    }

    Scenario by(ScalingRules other, double slo) {
        return new Scenario(name, cost, slo, kind, load, other, settled);
    }

    /** Queries per second at 1.0x. */
    double unitPerSecond() {
        return UNIT_REPLICAS * 1e9 / perQueryNanos(UNIT_REPLICAS);
    }

    /** Replica time per query in batches of the best size. */
    private double perQueryNanos(double replicas) {
        return cost.perQuery(cost.bestSize(sloSeconds * 1e9, Math.max(1, replicas), 1));
    }

    /** The replicas that so much asks for at the target utilisation. */
    double need(double factor) {
        double perSecond = factor * unitPerSecond();
        double busy = perSecond * perQueryNanos(UNIT_REPLICAS * factor) / 1e9;
        return busy / rules.targetUtilisation();
    }

    int needed(double factor) {
        return (int) Math.max(rules.min(), Math.min(rules.max(), Math.ceil(need(factor) - 1e-9)));
    }

    /** The replicas that the mean load needs. */
    int neededOnAverage() {
        return Math.max(1, needed(load.mean()));
    }
}
