package dev.sluice.benchmarks.schedule;

import java.util.Arrays;
import java.util.Comparator;

/**
 * The upper bound of goodput: a fluid server at the best batch size that fits each SLO. Of several classes, those whose
 * queries cost least are served first, which is the solution of the linear programme.
 */
final class FluidBound {

    private static final double STEP_NANOS = 1e6;

    private final Workload workload;
    private final double[] perQuery;
    private final double capacity;

    FluidBound(Workload workload) {
        this.workload = workload;
        this.perQuery = workload.classes().stream()
                .mapToDouble(each -> {
                    int best = workload.cost().bestSize(each.sloNanos(), workload.replicas(), 1);
                    return best == 0
                            ? Double.POSITIVE_INFINITY
                            : workload.cost().perQuery(best);
                })
                .toArray();
        this.capacity = capacity();
    }

    /** The replicas' time, in ordinary replicas: a slow one has to make smaller batches too. */
    private double capacity() {
        int slow = workload.conditions().slowReplicas();
        double time = workload.replicas() - slow;
        if (slow > 0) {
            double slo = workload.classes().stream()
                    .mapToDouble(Workload.SloShare::sloNanos)
                    .max()
                    .orElseThrow();
            int size = workload.cost().bestSize(slo, workload.replicas(), 3);
            double ordinary = Arrays.stream(perQuery).min().orElseThrow();
            time += size == 0 ? 0 : slow * ordinary / (3 * workload.cost().perQuery(size));
        }
        double pause = workload.conditions().pauseEveryNanos();
        return time * (1 - (Double.isInfinite(pause) ? 0 : 100e6 / (pause + 100e6)));
    }

    /** Queries per nanosecond that make 1.0 times the load, with the classes mixed as they are. */
    double unitRate() {
        double mean = 0;
        for (int i = 0; i < perQuery.length; i++) {
            mean += workload.classes().get(i).share() * perQuery[i];
        }
        return workload.replicas() / mean;
    }

    /** The most queries that could be answered in time, of so many offered per class over this time. */
    double most(double[] offered, double nanos) {
        double left = capacity * nanos;
        Integer[] order = new Integer[perQuery.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingDouble(i -> perQuery[i]));
        double most = 0;
        for (int i : order) {
            double served = Math.min(offered[i], left / perQuery[i]);
            most += served;
            left -= served * perQuery[i];
        }
        return most;
    }

    /** The same under a rate that changes: a fluid arrives at it, and waits as long as its SLO leaves room for. */
    double most(ArrivalProcess arrivals, double perNano, double from, double to) {
        double served = 0;
        double backlog = 0;
        double slo = workload.classes().get(0).sloNanos();
        int best = workload.cost().bestSize(slo, workload.replicas(), 1);
        double rate = capacity / perQuery[0];
        double longest = (slo - workload.cost().nanos(best)) * rate;
        for (double at = from; at < to; at += STEP_NANOS) {
            backlog = Math.min(longest + rate * STEP_NANOS, backlog + perNano * arrivals.factorAt(at) * STEP_NANOS);
            double now = Math.min(backlog, rate * STEP_NANOS);
            served += now;
            backlog -= now;
        }
        return served;
    }

    /** Each class's fair number of answers: the replicas' time in equal parts, what one does not need shared by the others. */
    double[] fair(double[] offered, double nanos) {
        double[] fair = new double[offered.length];
        boolean[] content = new boolean[offered.length];
        double left = capacity * nanos;
        int open = offered.length;
        boolean again = true;
        while (again && open > 0) {
            again = false;
            double part = left / open;
            for (int i = 0; i < offered.length; i++) {
                if (!content[i] && offered[i] * perQuery[i] <= part) {
                    content[i] = true;
                    fair[i] = offered[i];
                    left -= offered[i] * perQuery[i];
                    open--;
                    again = true;
                    break;
                }
            }
            for (int i = 0; i < offered.length; i++) {
                if (!content[i]) {
                    fair[i] = left / open / perQuery[i];
                }
            }
        }
        return fair;
    }
}
