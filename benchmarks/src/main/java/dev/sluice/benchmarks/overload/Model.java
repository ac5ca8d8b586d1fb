package dev.sluice.benchmarks.overload;

import java.util.List;

/**
 * What is served: replicas whose batch of b takes αb + β.
 *
 * @param replicas how many
 * @param alphaMillis α
 * @param betaMillis β
 * @param maxBatch the largest batch
 */
record Model(int replicas, double alphaMillis, double betaMillis, int maxBatch) {

    /** The demo actor {@code model} as {@code ./sluice up} starts it. */
    static final Model DEMO = new Model(2, 4, 20, 28);

    /** Queries per second that all replicas could do at once where every query has this SLO: the load 1.0x. */
    double capacity(int sloMillis) {
        return replicas * 1_000 / costMillis(sloMillis);
    }

    /**
     * The upper bound of goodput: a fluid server that gives each class as much of its replicas' time as serves the most queries,
     * the cheapest first, never more than was offered.
     *
     * @param perSecond what was offered, all classes together
     * @return queries per second
     */
    double upperBound(List<SloClass> classes, double perSecond) {
        double time = replicas * 1_000.0;
        double good = 0;
        List<SloClass> cheapestFirst = classes.stream()
                .sorted((one, other) -> Double.compare(costMillis(one.sloMillis()), costMillis(other.sloMillis())))
                .toList();
        for (SloClass each : cheapestFirst) {
            double cost = costMillis(each.sloMillis());
            double served = Math.min(perSecond * each.share(), time / cost);
            good += served;
            time -= served * cost;
        }
        return good;
    }

    /** Replica time per query in the largest batch that fits the SLO. */
    private double costMillis(int sloMillis) {
        int batch = (int) Math.min(maxBatch, Math.floor((sloMillis - betaMillis) / alphaMillis));
        if (batch < 1) {
            throw new IllegalArgumentException("no batch at all fits an SLO of " + sloMillis + " ms");
        }
        return alphaMillis + betaMillis / batch;
    }
}
