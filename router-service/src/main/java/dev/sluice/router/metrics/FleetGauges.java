package dev.sluice.router.metrics;

import dev.sluice.router.fleet.control.FleetView;
import dev.sluice.router.fleet.plan.ActorStatus;
import dev.sluice.router.fleet.plan.HostState;
import dev.sluice.router.fleet.plan.Shortage;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;

/**
 * How far the fleet is from what is wanted: of the actors that this router controls, so that the sum over routers is the fleet's.
 * What is missing for want of slots is what a cluster autoscaler has to find room for. Of slots every router shows all.
 */
public final class FleetGauges implements MeterBinder, AutoCloseable {

    private static final Duration EVERY = Duration.ofSeconds(1);

    private final Supplier<FleetView> fleet;
    private final Disposable.Swap refresh = Disposables.swap();

    /** @param fleet as the router saw it last */
    public FleetGauges(Supplier<FleetView> fleet) {
        this.fleet = fleet;
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        GaugeTable wanted = new GaugeTable(
                MultiGauge.builder("sluice.replicas.wanted")
                        .description("Replicas that are wanted of an actor that this router controls"),
                meters);
        GaugeTable missing = new GaugeTable(
                MultiGauge.builder("sluice.replicas.missing")
                        .description(
                                "Those of them that neither serve nor start, by reason; only for the reason slots more hosts help"),
                meters);
        slots(meters, "all", HostState::slots);
        slots(meters, "free", HostState::freeSlots);
        refresh.update(Flux.interval(Duration.ZERO, EVERY).onBackpressureDrop().subscribe(tick -> {
            wanted.show(rows(ActorStatus::wanted));
            missing.show(missing());
        }));
    }

    private void slots(MeterRegistry meters, String which, ToIntFunction<HostState> of) {
        Gauge.builder(
                        "sluice.slots",
                        fleet,
                        seen -> seen.get().hosts().stream().mapToInt(of).sum())
                .description(
                        "Replicas that the linked hosts can hold, and that they could take now; every router shows all")
                .tag("which", which)
                .register(meters);
    }

    private List<GaugeTable.Row> rows(ToIntFunction<ActorStatus> of) {
        return fleet.get().statuses().entrySet().stream()
                .map(actor -> new GaugeTable.Row(Tags.of("actor", actor.getKey()), of.applyAsInt(actor.getValue())))
                .toList();
    }

    private List<GaugeTable.Row> missing() {
        List<GaugeTable.Row> rows = new ArrayList<>();
        fleet.get().statuses().forEach((actor, status) -> {
            for (Shortage why : Shortage.values()) {
                rows.add(new GaugeTable.Row(Tags.of("actor", actor, "reason", why.word()), status.missing(why)));
            }
        });
        return rows;
    }

    @Override
    public void close() {
        refresh.dispose();
    }
}
