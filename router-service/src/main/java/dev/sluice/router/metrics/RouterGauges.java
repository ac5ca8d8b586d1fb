package dev.sluice.router.metrics;

import dev.sluice.common.wire.Role;
import dev.sluice.router.dispatch.RouterLinks;
import dev.sluice.router.dispatch.RouterView;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;

/**
 * Sizes of the moment: queues, replicas by state, what is in flight. An actor that a host has announced stays, with zeros
 * where it has no replica any more, so that an alert sees them; a version that others serve in place of goes after a while.
 */
public final class RouterGauges implements MeterBinder, AutoCloseable {

    private static final Duration EVERY = Duration.ofSeconds(1);

    private final RouterView view;
    private final RouterLinks links;
    private final Disposable.Swap refresh = Disposables.swap();

    public RouterGauges(RouterView view, RouterLinks links) {
        this.view = view;
        this.links = links;
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        Gauge.builder("sluice.link.inflight", links, RouterLinks::inFlight)
                .description("Queries in this router that have no outcome yet")
                .register(meters);
        Gauge.builder("sluice.link.retained", links, RouterLinks::retainedBytes)
                .description("Bytes of queries that this router holds")
                .baseUnit("bytes")
                .register(meters);
        for (Role role : List.of(Role.FRONTEND, Role.HOST)) {
            Gauge.builder("sluice.link.peers", links, all -> all.linked(role))
                    .description("Frontends or hosts that are linked")
                    .tag("role", role.name().toLowerCase(Locale.ROOT))
                    .register(meters);
        }
        GaugeTable queues =
                new GaugeTable(MultiGauge.builder("sluice.queue.size").description("Queries that wait"), meters);
        GaugeTable replicas =
                new GaugeTable(MultiGauge.builder("sluice.replicas").description("Replicas by state"), meters);
        GaugeTable free = new GaugeTable(
                MultiGauge.builder("sluice.replicas.free").description("Batches that replicas could take now"), meters);
        refresh.update(Flux.interval(Duration.ZERO, EVERY).onBackpressureDrop().subscribe(tick -> {
            queues.show(queueRows());
            replicas.show(replicaRows());
            free.show(freeRows());
        }));
    }

    @Override
    public void close() {
        refresh.dispose();
    }

    private List<GaugeTable.Row> queueRows() {
        return view.queues().stream()
                .map(queue -> new GaugeTable.Row(
                        Tags.of("actor", queue.actor(), "version", queue.version(), "method", queue.method()),
                        queue.size()))
                .toList();
    }

    private List<GaugeTable.Row> replicaRows() {
        Map<Tags, Integer> counts = new HashMap<>();
        for (RouterView.ActorView actor : view.actors()) {
            for (String state : RouterView.STATES) {
                counts.put(tags(actor.name(), actor.version(), state), 0);
            }
        }
        for (RouterView.ReplicaView replica : view.replicas()) {
            counts.merge(tags(replica.actor(), replica.version(), replica.state()), 1, Integer::sum);
        }
        return counts.entrySet().stream()
                .map(entry -> new GaugeTable.Row(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static Tags tags(String actor, String version, String state) {
        return Tags.of("actor", actor, "version", version, "state", state);
    }

    private List<GaugeTable.Row> freeRows() {
        return view.actors().stream()
                .map(actor ->
                        new GaugeTable.Row(Tags.of("actor", actor.name(), "version", actor.version()), actor.free()))
                .toList();
    }
}
