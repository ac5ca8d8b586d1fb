package dev.sluice.benchmarks.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.benchmarks.report.Bar;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole bench, on a scale at which most of its figures mean nothing. */
class ScalingRunTest {

    private static final List<String> PROGRESS = new ArrayList<>();
    private static ScalingReport report;

    @BeforeAll
    static void run() {
        report = new ScalingRun(new ScalingPlan(1, 20), PROGRESS::add).run();
    }

    @Test
    void hasARowForEveryScenario() {
        assertThat(report.table())
                .contains("step 0.3x, 3x, 0.3x", "step, slow model", "Gamma CV 4 1.0x", "Gamma CV 4 3.0x, slow model")
                .contains("MMPP", "tide 0.25x - 2.25x", "idle to zero and back");
        assertThat(report.rows())
                .hasSize(11)
                .allSatisfy(row -> assertThat(row)
                        .containsKeys("scenario", "turns", "attainment", "attainment_oracle", "replica_seconds"));
        assertThat(PROGRESS).hasSize(11);
    }

    @Test
    void looksAtEveryBar() {
        List<String> names = report.bars().stream().map(Bar::name).toList();

        assertThat(names).doesNotHaveDuplicates().hasSize(16);
        assertThat(names)
                .contains("step, slow model, decision after, s", "step 0.3x, 3x, 0.3x, need met after, s")
                .contains("Gamma CV 4 1.06x, changes of direction", "MMPP, settled, points above the fixed fleet");
    }

    @Test
    void whatDoesNotDependOnTheScaleHolds() {
        assertThat(report.bars())
                .filteredOn(bar -> bar.name().contains("after, s") || bar.name().contains("changes"))
                .hasSize(9)
                .allMatch(Bar::holds);
    }

    @Test
    void drawsWhatWasWantedAndWhatThereWas(@TempDir Path folder) throws Exception {
        report.drawInto(folder);

        for (String name : List.of("step", "bursty", "tide")) {
            assertThat(folder.resolve("scaling-" + name + ".svg")).content().contains("needed", "wanted", "ready");
        }
    }
}
