package dev.sluice.router.fleet.plan;

import dev.sluice.common.membership.Announcement.State;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What there is of one actor, told apart.
 *
 * @param staying what may go on: placed, of a wanted version, on a host that stays
 * @param outgoing what others have to replace
 * @param failed what could not start
 * @param ending what takes nothing more and still has its slot
 * @param ids all that are in use, on any host
 */
record Stock(
        List<Located> staying, List<Located> outgoing, List<Located> failed, List<Located> ending, Set<String> ids) {

    /**
     * @param hosts in the order in which all routers see them
     * @param versions that are wanted
     */
    static Stock of(String actor, List<HostState> hosts, Set<String> versions) {
        Map<String, Located> staying = new HashMap<>();
        List<Located> outgoing = new ArrayList<>();
        List<Located> failed = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        List<Located> ending = new ArrayList<>();
        for (HostState host : hosts) {
            for (ReplicaState replica : host.replicasOf(actor)) {
                Located at = new Located(host, replica);
                ids.add(replica.id());
                if (replica.state() == State.STOPPING) {
                    ending.add(at);
                } else if (replica.state() == State.FAILED) {
                    failed.add(at);
                } else if (!replica.placed() || host.leaving() || !versions.contains(replica.version())) {
                    outgoing.add(at);
                } else {
                    staying.merge(replica.id(), at, (first, twin) -> oneOf(first, twin, outgoing));
                }
            }
        }
        List<Located> sorted = new ArrayList<>(staying.values());
        sorted.sort(Comparator.comparing((Located at) -> at.host().nodeId())
                .thenComparing(at -> at.replica().id()));
        return new Stock(sorted, outgoing, failed, ending, ids);
    }

    /** Two routers asked for the same replica, each on another host: one of the two is one too many. */
    private static Located oneOf(Located first, Located twin, List<Located> outgoing) {
        boolean isBetter = twin.isReady() && !first.isReady();
        outgoing.add(isBetter ? first : twin);
        return isBetter ? twin : first;
    }

    /** All that take part of what the actor may have at most, those too that are ending. */
    int alive() {
        return staying.size() + outgoing.size() + ending.size();
    }

    /** Whether slots are about to come free, or replicas to be ready, without that anything else is done. */
    boolean isSettled() {
        return ending.isEmpty()
                && failed.isEmpty()
                && staying.stream().allMatch(Located::isReady)
                && outgoing.stream().allMatch(Located::isReady);
    }
}
