package dev.sluice.benchmarks.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.benchmarks.report.Bar;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole bench, on a scale at which its figures mean nothing. */
class ScheduleRunTest {

    private static final SchedulePlan TINY = new SchedulePlan(2, 1, 50e6, 100e6, 2e6);

    private static final List<String> PROGRESS = new ArrayList<>();
    private static ScheduleReport report;

    @BeforeAll
    static void run() {
        report = new ScheduleRun(TINY, PROGRESS::add).run();
    }

    @Test
    void tellsOfEachRunAsItGoes() {
        assertThat(PROGRESS)
                .anyMatch(line -> line.startsWith("Poisson 1.0x, deadline: "))
                .contains("how cost grows");
    }

    @Test
    void hasARowForEveryWorkloadUnderTheProductionScheduler() {
        assertThat(report.table())
                .contains("Poisson 5.0x", "Gamma CV 4 1.2x", "MMPP 0.8x", "step 0.5x, 5x, 0.5x", "30/200 ms 20/80 2.0x")
                .contains("noise 10 % 1.0x", "one 3x slow 1.0x", "100 ms pauses 1.2x", "clients retry 2.0x")
                .contains("clients cancel, pauses 0.8x", "heavy tail 1.0x", "round trip 2 ms 1.0x", "no warm-up 1.0x")
                .contains("1 of 10 at 10x", "priority 1 and 5", "200 actors, 1,000 replicas");
    }

    @Test
    void holdsTheBaselinesBesideItWhereTheBarsCompareThem() {
        for (String load : List.of("Poisson 1.0x", "Gamma CV 4 1.0x", "30/200 ms 50/50 1.0x")) {
            assertThat(report.rows().stream()
                            .filter(row -> load.equals(row.get("workload")))
                            .map(row -> row.get("policy")))
                    .containsExactlyInAnyOrder(
                            "deadline", "target window", "fifo, 5 ms", "EDF, no drop", "largest fit", "bufferTimeout");
        }
    }

    @Test
    void saysOfEachRunWhatBecameOfItsQueries() {
        Map<String, Object> row = report.rows().get(0);

        assertThat(row)
                .containsKeys(
                        "of_bound", "attainment", "by_class", "of_fair_share", "by_tenant", "late", "refusal_p99_ms")
                .containsKeys("replica_ms_per_good", "decisions_per_second", "recovery_ms");
        assertThat((double) row.get("attainment")).isBetween(0.5, 1.0);
    }

    @Test
    void looksAtEveryBar() {
        List<String> names = report.bars().stream().map(Bar::name).toList();

        assertThat(names).doesNotHaveDuplicates().hasSize(21);
        assertThat(names)
                .contains("Poisson 0.5 - 5x, % of UB", "30/200 ms 20/80 2x, % of UB", "attainment at Poisson 0.9x, %")
                .contains("one decision, p99, us, the median of 3 runs");
        assertThat(report.notes()).anyMatch(note -> note.startsWith("2 seeds (1 for baselines)"));
    }

    @Test
    void drawsALineForEveryPolicy(@TempDir Path folder) throws Exception {
        report.drawInto(folder);

        for (Policy policy : Policy.values()) {
            assertThat(Files.readString(folder.resolve("schedule-goodput.svg"))).contains(policy.label());
        }
        assertThat(folder.resolve("schedule-step.svg")).content().contains("deadline", "fifo");
    }
}
