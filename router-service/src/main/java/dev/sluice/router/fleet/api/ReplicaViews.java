package dev.sluice.router.fleet.api;

import dev.sluice.router.dispatch.ReplicaConduct;
import dev.sluice.router.fleet.control.Fleet;
import dev.sluice.router.fleet.plan.HostState;
import dev.sluice.router.fleet.plan.ReplicaState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/** Puts together what operators see of replicas. */
final class ReplicaViews {

    private static final double NANOS_PER_MILLI = 1e6;

    private final Supplier<List<ReplicaConduct>> conducts;

    /** @param conducts how replicas serve */
    ReplicaViews(Supplier<List<ReplicaConduct>> conducts) {
        this.conducts = conducts;
    }

    /** By actor, version and host. */
    List<ReplicaView> of(Fleet fleet) {
        List<ReplicaConduct> seen = conducts.get();
        List<ReplicaView> views = new ArrayList<>();
        for (HostState host : fleet.view().hosts()) {
            for (ReplicaState replica : host.replicas()) {
                ReplicaConduct conduct = conduct(seen, host, replica);
                views.add(new ReplicaView(
                        replica.id(),
                        replica.actor(),
                        replica.version(),
                        host.nodeId(),
                        ActorViews.word(replica.state()),
                        replica.reason(),
                        replica.placed(),
                        conduct.distrusted(),
                        rounded(conduct.failed()),
                        rounded(conduct.slowdown()),
                        conduct.running(),
                        conduct.batches(),
                        rounded(conduct.busyNanos() / NANOS_PER_MILLI)));
            }
        }
        views.sort(Comparator.comparing(ReplicaView::actor)
                .thenComparing(ReplicaView::version)
                .thenComparing(ReplicaView::host)
                .thenComparing(ReplicaView::replica));
        return views;
    }

    private static ReplicaConduct conduct(List<ReplicaConduct> seen, HostState host, ReplicaState replica) {
        return seen.stream()
                .filter(each -> each.replica().equals(replica.id())
                        && each.host().equals(host.nodeId())
                        && each.actor().equals(replica.actor())
                        && each.version().equals(replica.version()))
                .findFirst()
                .orElseGet(
                        () -> ReplicaConduct.unasked(replica.actor(), replica.version(), host.nodeId(), replica.id()));
    }

    private static double rounded(double value) {
        return Math.round(value * 100) / 100.0;
    }
}
