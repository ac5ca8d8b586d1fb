package dev.sluice.router.metrics;

import dev.sluice.router.dispatch.RouterView;
import dev.sluice.router.dispatch.RouterView.SchedulingView;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * What the schedulers have learnt, looked up once in a while: batch times, classes, target batches, what was turned away, slow
 * and shunned replicas. Actors, methods and replicas are those that hosts announced, sizes and classes lie on fixed grids, and
 * tenants have no tag, so there are only so many of them.
 */
public final class LearntGauges implements MeterBinder, SmartLifecycle {

    private static final Duration EVERY = Duration.ofSeconds(2);

    private final RouterView view;
    private final List<Consumer<List<SchedulingView>>> all = new CopyOnWriteArrayList<>();
    private @Nullable Disposable refresh;

    public LearntGauges(RouterView view) {
        this.view = view;
    }

    /** One meter, and its rows for one version of one actor. */
    private record Meter(GaugeTable table, BiFunction<SchedulingView, Tags, List<GaugeTable.Row>> rows) {

        void show(List<SchedulingView> actors) {
            List<GaugeTable.Row> all = new ArrayList<>();
            for (SchedulingView actor : actors) {
                all.addAll(rows.apply(actor, Tags.of("actor", actor.actor(), "version", actor.version())));
            }
            table.show(all);
        }
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        all.add(new TurnedAway(meters)::show);
        List<Meter> gauges = List.of(
                meter(meters, "batch.time", "seconds", "How long batches take, as learnt", LearntRows::batchTimes),
                meter(meters, "alpha", "seconds", "What one more row in a batch costs", LearntRows::alpha),
                meter(meters, "beta", "seconds", "What a batch costs, however small", LearntRows::beta),
                meter(meters, "class.size", "", "Queries of an SLO class that wait", LearntRows::classSizes),
                meter(meters, "class.rate", "", "Rows of an SLO class that arrive per second", LearntRows::classRates),
                meter(meters, "class.target", "", "Rows per batch that the traffic calls for", LearntRows::targets),
                meter(meters, "replica.slowdown", "", "How many times slower than others", LearntRows::slowdowns),
                meter(
                        meters,
                        "replicas.shunned",
                        "",
                        "Replicas left alone since they fail, or are far slower",
                        LearntRows::shunned),
                meter(meters, "retry.budget", "", "Retries that are saved up", LearntRows::retryBudget));
        gauges.forEach(gauge -> all.add(gauge::show));
    }

    @Override
    public void start() {
        refresh = Flux.interval(EVERY, EVERY)
                .onBackpressureDrop()
                .concatMap(tick -> Mono.fromFuture(view::scheduling))
                .publishOn(Schedulers.parallel())
                .subscribe(actors -> all.forEach(shown -> shown.accept(actors)));
    }

    /** While the router stops: it looks things up on the event loops, and those end only once nobody asks them for anything. */
    @Override
    public void stop() {
        Disposable current = refresh;
        if (current != null) {
            current.dispose();
            refresh = null;
        }
    }

    @Override
    public boolean isRunning() {
        return refresh != null;
    }

    private static Meter meter(
            MeterRegistry meters,
            String name,
            String unit,
            String description,
            BiFunction<SchedulingView, Tags, List<GaugeTable.Row>> rows) {
        MultiGauge.Builder gauge = MultiGauge.builder("sluice.schedule." + name).description(description);
        return new Meter(new GaugeTable(unit.isEmpty() ? gauge : gauge.baseUnit(unit), meters), rows);
    }
}
