package dev.sluice.benchmarks.schedule;

import dev.sluice.benchmarks.schedule.Workload.SloShare;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** What deciding costs as a system grows: many actors on one core, each with its own scheduler, interleaved in time. */
final class ScaleRun {

    /**
     * @param what was run
     * @param actors each with its own scheduler
     * @param replicas of all actors together
     * @param offeredPerSecond queries of all actors together
     * @param meanQueue the queries that wait for one actor, on average
     * @param decisionsPerSecond of one core, with all that the simulation itself needs
     */
    record Row(
            String what,
            int actors,
            int replicas,
            double offeredPerSecond,
            double meanQueue,
            double decisionsPerSecond) {}

    private final double simulatedNanos;

    ScaleRun(double simulatedNanos) {
        this.simulatedNanos = simulatedNanos;
    }

    Row run(String what, int actors, int replicasEach, double sloNanos, double load, double nanos) {
        Workload workload =
                Workload.standard(what, load).slos(new SloShare(sloNanos, 1)).on(replicasEach, BatchCost.STANDARD);
        PriorityQueue<Timed> next = new PriorityQueue<>(Comparator.comparingDouble(Timed::at));
        List<Simulation> all = new ArrayList<>();
        for (int i = 0; i < actors; i++) {
            Simulation each = new Simulation(workload, Policy.DEADLINE, i + 1, nanos / 4, nanos);
            all.add(each);
            next.add(new Timed(each.nextEvent(), each));
        }
        long before = OneCore.nanos();
        while (!next.isEmpty()) {
            Timed first = next.remove();
            first.simulation.step();
            double then = first.simulation.nextEvent();
            if (then < Double.POSITIVE_INFINITY) {
                next.add(new Timed(then, first.simulation));
            }
        }
        double seconds = (OneCore.nanos() - before) / 1e9;
        double decisions = 0;
        double queue = 0;
        double events = 0;
        double offered = 0;
        for (Simulation each : all) {
            Tally tally = each.tally();
            decisions += tally.decisions;
            offered += tally.totalOffered();
            queue += tally.queueSum;
            events += tally.events;
        }
        return new Row(what, actors, actors * replicasEach, offered / nanos * 1e9, queue / events, decisions / seconds);
    }

    /** Grows one thing at a time, then everything at once. */
    List<Row> all() {
        double second = simulatedNanos;
        List<Row> rows = new ArrayList<>();
        // The first is thrown away: the compiler is still at work.
        run("warm-up", 1, 8, 100e6, 1.2, 10 * second);
        rows.add(run("1 actor, 8 replicas", 1, 8, 100e6, 1.2, 20 * second));
        rows.add(run("8 actors", 8, 8, 100e6, 1.2, 4 * second));
        rows.add(run("32 actors", 32, 8, 100e6, 1.2, second));
        rows.add(run("64 replicas", 1, 64, 100e6, 1.2, 4 * second));
        rows.add(run("1,000 replicas", 1, 1_000, 100e6, 1.2, second));
        rows.add(run("SLO 1 s", 1, 8, 1e9, 1.2, 20 * second));
        rows.add(run("SLO 10 s", 1, 8, 10e9, 1.2, 80 * second));
        rows.add(run("200 actors, 1,000 replicas", 200, 5, 100e6, 1.15, second));
        return rows;
    }

    private record Timed(double at, Simulation simulation) {}
}
