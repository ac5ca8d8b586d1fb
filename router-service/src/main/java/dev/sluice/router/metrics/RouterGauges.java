package dev.sluice.router.metrics;

import dev.sluice.router.dispatch.RouterLinks;
import dev.sluice.router.dispatch.RouterView;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;

/** Sizes of the moment: queues, replicas by state, what is in flight. */
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
        MultiGauge queues = MultiGauge.builder("sluice.queue.size")
                .description("Queries that wait")
                .register(meters);
        MultiGauge replicas = MultiGauge.builder("sluice.replicas")
                .description("Replicas by state")
                .register(meters);
        refresh.update(Flux.interval(Duration.ZERO, EVERY).onBackpressureDrop().subscribe(tick -> {
            queues.register(queueRows(), true);
            replicas.register(replicaRows(), true);
        }));
    }

    @Override
    public void close() {
        refresh.dispose();
    }

    private List<MultiGauge.Row<?>> queueRows() {
        return view.queues().stream()
                .<MultiGauge.Row<?>>map(queue -> MultiGauge.Row.of(
                        Tags.of("actor", queue.actor(), "version", queue.version(), "method", queue.method()),
                        queue.size()))
                .toList();
    }

    private List<MultiGauge.Row<?>> replicaRows() {
        return view.replicas().stream()
                .collect(Collectors.groupingBy(
                        replica -> Tags.of(
                                "actor", replica.actor(), "version", replica.version(), "state", replica.state()),
                        Collectors.counting()))
                .entrySet()
                .stream()
                .<MultiGauge.Row<?>>map(entry -> MultiGauge.Row.of(entry.getKey(), entry.getValue()))
                .toList();
    }
}
