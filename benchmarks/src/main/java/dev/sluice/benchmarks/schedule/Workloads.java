package dev.sluice.benchmarks.schedule;

import dev.sluice.benchmarks.schedule.Workload.Conditions;
import dev.sluice.benchmarks.schedule.Workload.SloShare;
import dev.sluice.benchmarks.schedule.Workload.TenantShare;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** All that the schedulers are tried with. */
final class Workloads {

    static final double[] LOADS = {0.5, 0.8, 0.9, 1.0, 1.2, 2, 5};
    private static final double[] TWO_CLASS_LOADS = {0.9, 1.0, 2};

    private Workloads() {}

    static List<Workload> poisson() {
        return at(LOADS, "Poisson", workload -> workload);
    }

    static List<Workload> gamma() {
        return at(new double[] {0.9, 1.0, 1.2, 2}, "Gamma CV 4", workload -> workload.arriving(ArrivalProcess.GAMMA));
    }

    static List<Workload> mmpp() {
        return at(new double[] {0.8, 1.0, 1.2}, "MMPP", workload -> workload.arriving(ArrivalProcess.MMPP));
    }

    static Workload step() {
        return Workload.standard("step 0.5x, 5x, 0.5x", 1).arriving(ArrivalProcess.STEP);
    }

    static List<Workload> twoClasses(int tightPercent) {
        return at(
                TWO_CLASS_LOADS,
                "30/200 ms " + tightPercent + "/" + (100 - tightPercent),
                workload -> workload.slos(
                        new SloShare(30e6, tightPercent / 100.0), new SloShare(200e6, 1 - tightPercent / 100.0)));
    }

    static List<Workload> noise(int percent) {
        return at(
                new double[] {0.9, 1.0, 1.2, 2},
                "noise " + percent + " %",
                workload -> workload.with(Conditions.CALM.noise(percent / 100.0)));
    }

    static List<Workload> slowReplica() {
        return at(new double[] {0.8, 1.0, 2}, "one 3x slow", workload -> workload.with(Conditions.CALM.slow(1)));
    }

    static List<Workload> pauses() {
        return at(new double[] {0.8, 1.2}, "100 ms pauses", workload -> workload.with(Conditions.CALM.pausing(5e9)));
    }

    static List<Workload> retries() {
        return at(new double[] {1.2, 2}, "clients retry", workload -> workload.with(Conditions.CALM.retrying(3)));
    }

    /** Nothing is measured before the traffic, and what goes wrong until something is known counts. */
    static List<Workload> unexplored() {
        return at(new double[] {0.8, 1.0, 2}, "no warm-up", workload -> workload.with(Conditions.CALM.unexplored()));
    }

    /** Two milliseconds from router to replica and back, and batches staged in that time. */
    static List<Workload> far() {
        return at(new double[] {0.8, 1.0, 2}, "round trip 2 ms", workload -> workload.with(Conditions.CALM.far(2e6)));
    }

    /** Clients give up when their SLO has passed, while replicas pause. */
    static List<Workload> cancelling() {
        return at(
                new double[] {0.8, 1.2},
                "clients cancel, pauses",
                workload -> workload.with(Conditions.CALM.pausing(5e9).cancelling()));
    }

    /** One batch in a hundred takes 2.3 times as long as the mean, or longer. */
    static List<Workload> tail() {
        return at(new double[] {0.8, 1.0, 2}, "heavy tail", workload -> workload.with(Conditions.CALM.tail(0.4)));
    }

    /** Ten tenants that ask for the same, at 0.9 times the load. */
    static Workload modestTenants() {
        return Workload.standard("10 tenants alike", 0.9).tenants(tenants(1));
    }

    /** The same, but that the first asks for ten times as much. */
    static Workload greedyTenant() {
        return Workload.standard("1 of 10 at 10x", 0.9 * 1.9).tenants(tenants(10));
    }

    static Workload priorities() {
        return Workload.standard("priority 1 and 5", 1.5)
                .tenants(List.of(new TenantShare("", 0.5, 1), new TenantShare("", 0.5, 5)));
    }

    private static List<TenantShare> tenants(double first) {
        return IntStream.range(0, 10)
                .mapToObj(i -> new TenantShare("tenant " + i, (i == 0 ? first : 1) / (9 + first), 0))
                .toList();
    }

    private static List<Workload> at(double[] loads, String name, java.util.function.UnaryOperator<Workload> workload) {
        List<Workload> workloads = new ArrayList<>();
        for (double load : loads) {
            workloads.add(workload.apply(Workload.standard(name + " " + load + "x", load)));
        }
        return workloads;
    }
}
