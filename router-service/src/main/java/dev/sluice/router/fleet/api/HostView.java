package dev.sluice.router.fleet.api;

import dev.sluice.common.membership.Announcement.Offer;
import dev.sluice.common.membership.Announcement.Rejected;
import dev.sluice.router.fleet.control.Fleet;
import dev.sluice.router.fleet.plan.HostState;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/**
 * A host, as operators see it.
 *
 * @param node its node id
 * @param revision for the next write
 * @param linked whether it is there; of one that is not, nothing but its draining is known
 * @param drained whether an operator wants it empty
 * @param leaving whether nothing new goes there: it is drained, or it stops
 * @param slots replicas that it has room for
 * @param replicas that are there
 * @param staying how many of these are of actors that routers do not manage, and stay there even if it is drained
 * @param offers what it can make replicas of
 * @param rejected versions that it was asked for and cannot make
 * @param warnings sentences for who asked
 */
record HostView(
        String node,
        long revision,
        boolean linked,
        boolean drained,
        boolean leaving,
        int slots,
        int replicas,
        int staying,
        List<Offer> offers,
        List<Rejected> rejected,
        List<String> warnings) {

    static HostView of(Fleet fleet, String node) {
        long revision = fleet.desired().state().hostRevision(node);
        boolean drained = fleet.desired().state().drained().contains(node);
        HostState state = fleet.host(node).orElse(null);
        if (state == null) {
            return new HostView(node, revision, false, drained, true, 0, 0, 0, List.of(), List.of(), List.of());
        }
        List<Offer> offers = state.offers().stream()
                .sorted(Comparator.comparing(Offer::kind).thenComparing(Offer::type))
                .toList();
        List<String> staying = fleet.staying(node);
        return new HostView(
                node,
                revision,
                true,
                drained,
                drained || state.leaving(),
                state.slots(),
                state.replicas().size(),
                staying.size(),
                offers,
                state.rejected(),
                drained && !staying.isEmpty() ? List.of(warning(staying)) : List.of());
    }

    private static String warning(List<String> staying) {
        return "Replicas stay on it that it runs by its own configuration, and that routers leave alone: of "
                + String.join(", ", new TreeSet<>(staying))
                + ". Deploy these actors, so that routers take them over, or stop the host.";
    }
}
