package dev.sluice.benchmarks.schedule;

import dev.sluice.benchmarks.report.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One workload under one policy, over all seeds.
 *
 * @param ofBound goodput in parts of the upper bound
 * @param attainment the part of all offered queries that was answered in time
 * @param byClass attainment per SLO class
 * @param ofFair goodput per SLO class in parts of its fair share
 * @param byTenant attainment per tenant
 * @param late the part of all offered queries that was answered too late
 * @param refusalMillis the 99th percentile of the time until a refused query was told, of the worst seed
 * @param replicaMillis replica time per query answered in time
 * @param decisionsPerSecond with all that the simulation itself needs; the median of the seeds
 * @param recoveryMillis for how long after the last step down queries still failed
 * @param slices answered in time per 50 ms of arrivals, of the first seed
 */
record Result(
        Workload workload,
        Policy policy,
        double ofBound,
        double attainment,
        double[] byClass,
        double[] ofFair,
        double[] byTenant,
        double late,
        double refusalMillis,
        double replicaMillis,
        double decisionsPerSecond,
        double recoveryMillis,
        long[] slices) {

    static String[] headings() {
        return new String[] {
            "workload",
            "policy",
            "% of UB",
            "attained %",
            "by class %",
            "late %",
            "refused in ms",
            "replica ms/good",
            "M decisions/s"
        };
    }

    void addTo(Table table) {
        table.row(
                workload.name(),
                policy.label(),
                Table.decimals(100 * ofBound, 1),
                Table.decimals(100 * attainment, 2),
                byClass.length == 1
                        ? ""
                        : IntStream.range(0, byClass.length)
                                .mapToObj(i -> Table.decimals(100 * byClass[i], 1))
                                .collect(Collectors.joining(" / ")),
                Table.decimals(100 * late, 3),
                Table.decimals(refusalMillis, 2),
                Table.decimals(replicaMillis, 2),
                Table.decimals(decisionsPerSecond / 1e6, 2));
    }

    Map<String, Object> row() {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("workload", workload.name());
        row.put("policy", policy.label());
        row.put("of_bound", ofBound);
        row.put("attainment", attainment);
        row.put("by_class", list(byClass));
        row.put("of_fair_share", list(ofFair));
        row.put("by_tenant", list(byTenant));
        row.put("late", late);
        row.put("refusal_p99_ms", refusalMillis);
        row.put("replica_ms_per_good", replicaMillis);
        row.put("decisions_per_second", decisionsPerSecond);
        row.put("recovery_ms", recoveryMillis);
        return row;
    }

    double worstClass() {
        return Arrays.stream(byClass).min().orElseThrow();
    }

    double worstFair() {
        return Arrays.stream(ofFair).min().orElseThrow();
    }

    private static List<Double> list(double[] values) {
        List<Double> list = new ArrayList<>();
        for (double value : values) {
            list.add(value);
        }
        return list;
    }
}
