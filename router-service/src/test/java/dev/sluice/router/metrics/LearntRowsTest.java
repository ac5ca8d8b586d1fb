package dev.sluice.router.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.router.dispatch.RouterView.SchedulingView;
import dev.sluice.scheduling.LatencyProfile.Fit;
import dev.sluice.scheduling.Reason;
import dev.sluice.scheduling.SchedulerView;
import dev.sluice.scheduling.SchedulerView.ProfileView;
import dev.sluice.scheduling.SchedulerView.QueueView;
import dev.sluice.scheduling.SchedulerView.ReplicaView;
import dev.sluice.scheduling.SchedulerView.SizeView;
import dev.sluice.scheduling.SchedulerView.TenantView;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LearntRowsTest {

    private static final Fit FIT = new Fit(4_000_000, 20_000_000, 8, 50);
    private static final SchedulingView MODEL = new SchedulingView(
            "model",
            "2",
            "deadline",
            7.5,
            new SchedulerView(
                    List.of(new ProfileView(
                            "call", "", FIT, List.of(new SizeView(8, 9, 52_000_000, 60_000_000, 63_000_000)))),
                    List.of(new QueueView(
                            "call", 200_000_000, 3, 3, 40, 16, 20, 1.5, 84_000_000, 90_000_000, FIT, 9, Map.of())),
                    List.of(new TenantView("acme", 1, 0.5, 1, false, 9, Map.of())),
                    List.of(
                            new ReplicaView("model-0@host-1", "", 1, 3, 3, 0, 1, false),
                            new ReplicaView("model-1@host-1", "", 0, 1, 1, 1, 5, true)),
                    Map.of(Reason.UNMEETABLE, 11L),
                    2,
                    0));
    private static final SchedulingView SILENT = new SchedulingView("silent", "1", "fifo", 0, null);

    private static double shown(List<GaugeTable.Row> rows, String... tags) {
        MeterRegistry registry = new SimpleMeterRegistry();
        new GaugeTable(MultiGauge.builder("x"), registry).show(rows);
        return registry.get("x").tags(tags).gauge().value();
    }

    private static Tags tags() {
        return Tags.of("actor", "model");
    }

    @Test
    void showBatchTimesBySize() {
        List<GaugeTable.Row> rows = LearntRows.batchTimes(MODEL, tags());
        assertThat(shown(rows, "method", "call", "rows", "8", "stat", "median")).isEqualTo(0.052);
        assertThat(shown(rows, "method", "call", "rows", "8", "stat", "p99")).isEqualTo(0.06);
        assertThat(shown(rows, "method", "call", "rows", "8", "stat", "safe")).isEqualTo(0.063);
    }

    @Test
    void showTheLineThroughThem() {
        assertThat(shown(LearntRows.alpha(MODEL, tags()), "method", "call")).isEqualTo(0.004);
        assertThat(shown(LearntRows.beta(MODEL, tags()), "method", "call")).isEqualTo(0.02);
    }

    @Test
    void showClasses() {
        assertThat(shown(LearntRows.classSizes(MODEL, tags()), "slo", "201ms")).isEqualTo(3);
        assertThat(shown(LearntRows.classRates(MODEL, tags()), "slo", "201ms")).isEqualTo(40);
        assertThat(shown(LearntRows.targets(MODEL, tags()), "slo", "201ms")).isEqualTo(16);
    }

    @Test
    void countWhatWasTurnedAwayByCause() {
        MeterRegistry registry = new SimpleMeterRegistry();
        TurnedAway turnedAway = new TurnedAway(registry);
        turnedAway.show(List.of(MODEL, SILENT));
        assertThat(counted(registry, "model", "unmeetable")).isEqualTo(11);
        assertThat(counted(registry, "model", "over_share")).isZero();
        assertThat(counted(registry, "silent", "unmeetable")).isZero();
    }

    private static double counted(MeterRegistry registry, String actor, String reason) {
        return registry.get("sluice.schedule.turned.away")
                .tags("actor", actor, "reason", reason)
                .functionCounter()
                .count();
    }

    @Test
    void showReplicasThatAreSlowOrShunned() {
        assertThat(shown(LearntRows.slowdowns(MODEL, tags()), "replica", "model-0@host-1"))
                .isEqualTo(3);
        assertThat(shown(LearntRows.shunned(MODEL, tags()))).isEqualTo(1);
    }

    @Test
    void showTheRetryBudget() {
        assertThat(shown(LearntRows.retryBudget(MODEL, tags()))).isEqualTo(7.5);
    }

    @Test
    void haveNothingToShowOfWhoDidNotAnswer() {
        assertThat(LearntRows.batchTimes(SILENT, tags())).isEmpty();
        assertThat(LearntRows.classSizes(SILENT, tags())).isEmpty();
        assertThat(shown(LearntRows.shunned(SILENT, tags()))).isZero();
    }
}
