package dev.sluice.router.fleet.plan;

import dev.sluice.common.membership.Announcement.State;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Where replicas failed lately, and for how long none like them is to be tried there: twice as long after each failure. Not
 * thread-safe.
 */
public final class Failures {

    private static final long FIRST_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int MOST_DOUBLINGS = 6;

    private record Place(String actor, String version, String host) {}

    private record Life(String host, long incarnation, String replica) {}

    private static final class Failing {
        int failures;
        long untilNanos;
        String reason = "";
    }

    private final Map<Place, Failing> failing = new HashMap<>();
    private final Set<Life> counted = new HashSet<>();

    /** Takes in what hosts say: new failures count, and replicas that run again are forgiven. */
    public void observe(List<HostState> hosts, long now) {
        Set<Life> failed = new HashSet<>();
        for (HostState host : hosts) {
            for (ReplicaState replica : host.replicas()) {
                Place place = new Place(replica.actor(), replica.version(), host.nodeId());
                if (replica.state() == State.FAILED) {
                    Life life = new Life(host.nodeId(), host.incarnation(), replica.id());
                    failed.add(life);
                    if (counted.add(life)) {
                        count(place, replica.reason(), now);
                    }
                } else if (replica.isReady()) {
                    Failing before = failing.get(place);
                    if (before != null && now - before.untilNanos >= 0) {
                        failing.remove(place);
                    }
                }
            }
        }
        counted.retainAll(failed);
    }

    private void count(Place place, String reason, long now) {
        Failing at = failing.computeIfAbsent(place, none -> new Failing());
        at.untilNanos = now + (FIRST_NANOS << Math.min(at.failures, MOST_DOUBLINGS));
        at.failures++;
        at.reason = reason;
    }

    /** Whether none is to be tried there now. */
    boolean isBarred(String actor, String version, String host, long now) {
        Failing at = failing.get(new Place(actor, version, host));
        return at != null && now - at.untilNanos < 0;
    }

    /** How often replicas of this version failed in a row, over all hosts. */
    public int count(String actor, String version) {
        return failing.entrySet().stream()
                .filter(at -> at.getKey().actor().equals(actor)
                        && at.getKey().version().equals(version))
                .mapToInt(at -> at.getValue().failures)
                .sum();
    }

    /** Why one of them failed; empty where none did. */
    public String reason(String actor, String version) {
        return failing.entrySet().stream()
                .filter(at -> at.getKey().actor().equals(actor)
                        && at.getKey().version().equals(version))
                .map(at -> at.getValue().reason)
                .findFirst()
                .orElse("");
    }
}
