package dev.sluice.router.fleet.api;

import dev.sluice.common.membership.Announcement.Offer;
import dev.sluice.common.membership.Announcement.Rejected;
import dev.sluice.router.fleet.control.Fleet;
import dev.sluice.router.fleet.plan.HostState;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
 * @param offers what it can make replicas of
 * @param rejected versions that it was asked for and cannot make
 */
record HostView(
        String node,
        long revision,
        boolean linked,
        boolean drained,
        boolean leaving,
        int slots,
        int replicas,
        List<Offer> offers,
        List<Rejected> rejected) {

    static HostView of(Fleet fleet, String node) {
        HostState state = fleet.host(node).orElse(null);
        return of(
                node,
                fleet.desired().state().hostRevision(node),
                fleet.desired().state().drained().contains(node),
                state);
    }

    private static HostView of(String node, long revision, boolean drained, @Nullable HostState state) {
        if (state == null) {
            return new HostView(node, revision, false, drained, true, 0, 0, List.of(), List.of());
        }
        List<Offer> offers = state.offers().stream()
                .sorted(Comparator.comparing(Offer::kind).thenComparing(Offer::type))
                .toList();
        return new HostView(
                node,
                revision,
                true,
                drained,
                drained || state.leaving(),
                state.slots(),
                state.replicas().size(),
                offers,
                state.rejected());
    }
}
