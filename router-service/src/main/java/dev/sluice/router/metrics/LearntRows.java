package dev.sluice.router.metrics;

import dev.sluice.router.dispatch.RouterView.SchedulingView;
import dev.sluice.router.metrics.GaugeTable.Row;
import dev.sluice.scheduling.SchedulerView;
import dev.sluice.scheduling.SchedulerView.ProfileView;
import dev.sluice.scheduling.SchedulerView.QueueView;
import dev.sluice.scheduling.SchedulerView.ReplicaView;
import dev.sluice.scheduling.SchedulerView.SizeView;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The rows of {@link LearntGauges}. */
final class LearntRows {

    private static final double NANOS = 1e9;

    private LearntRows() {}

    /** What it has learnt: nothing, where its scheduler learns nothing. */
    static SchedulerView learnt(SchedulingView actor) {
        SchedulerView learnt = actor.learnt();
        return learnt == null ? SchedulerView.EMPTY : learnt;
    }

    static List<Row> batchTimes(SchedulingView actor, Tags tags) {
        List<Row> rows = new ArrayList<>();
        for (ProfileView profile : learnt(actor).profiles()) {
            for (SizeView size : profile.sizes()) {
                Tags sized = of(profile, tags).and("rows", Integer.toString(size.rows()));
                rows.add(new Row(sized.and("stat", "median"), size.medianNanos() / NANOS));
                rows.add(new Row(sized.and("stat", "p99"), size.p99Nanos() / NANOS));
                rows.add(new Row(sized.and("stat", "safe"), size.safeNanos() / NANOS));
            }
        }
        return rows;
    }

    static List<Row> alpha(SchedulingView actor, Tags tags) {
        return profiles(actor, tags, profile -> profile.fit().alphaNanos() / NANOS);
    }

    static List<Row> beta(SchedulingView actor, Tags tags) {
        return profiles(actor, tags, profile -> profile.fit().betaNanos() / NANOS);
    }

    private static List<Row> profiles(SchedulingView actor, Tags tags, ToDoubleFunction<ProfileView> value) {
        List<Row> rows = new ArrayList<>();
        for (ProfileView profile : learnt(actor).profiles()) {
            rows.add(new Row(of(profile, tags), value.applyAsDouble(profile)));
        }
        return rows;
    }

    private static Tags of(ProfileView profile, Tags tags) {
        return tags.and("method", profile.method(), "kind", profile.kind());
    }

    static List<Row> classSizes(SchedulingView actor, Tags tags) {
        return classes(actor, tags, QueueView::size);
    }

    static List<Row> classRates(SchedulingView actor, Tags tags) {
        return classes(actor, tags, QueueView::perSecond);
    }

    static List<Row> targets(SchedulingView actor, Tags tags) {
        return classes(actor, tags, QueueView::targetBatch);
    }

    private static List<Row> classes(SchedulingView actor, Tags tags, ToDoubleFunction<QueueView> value) {
        List<Row> rows = new ArrayList<>();
        for (QueueView queue : learnt(actor).queues()) {
            Tags own = tags.and("method", queue.method(), "slo", SloLabel.of(queue.sloNanos()));
            rows.add(new Row(own, value.applyAsDouble(queue)));
        }
        return rows;
    }

    static List<Row> slowdowns(SchedulingView actor, Tags tags) {
        List<Row> rows = new ArrayList<>();
        for (ReplicaView replica : learnt(actor).replicas()) {
            rows.add(new Row(tags.and("replica", replica.replica()), replica.slowdown()));
        }
        return rows;
    }

    static List<Row> shunned(SchedulingView actor, Tags tags) {
        return List.of(new Row(
                tags,
                learnt(actor).replicas().stream().filter(ReplicaView::shunned).count()));
    }

    static List<Row> retryBudget(SchedulingView actor, Tags tags) {
        return List.of(new Row(tags, actor.retriesSaved()));
    }
}
