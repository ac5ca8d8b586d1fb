package dev.sluice.router.fleet.plan;

import dev.sluice.common.membership.Announcement.State;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Where replicas failed lately, and for how long none like them is to be tried there: twice as long after each failure. Not
 * thread-safe.
 */
public final class Failures {

    private static final long FIRST_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int MOST_DOUBLINGS = 6;

    /**
     * For so long one has to be ready at least, and twice as long as the one had been that failed: it may fail for what only shows when
     * it serves, or be stuck, which shows late.
     */
    private static final long STEADY_NANOS = TimeUnit.SECONDS.toNanos(15);

    /** What served for longer than this counts as if it had for this. */
    private static final long LONGEST_NANOS = TimeUnit.HOURS.toNanos(1);

    private static final long FORGOTTEN_NANOS = TimeUnit.MINUTES.toNanos(10);

    private static final String LOST = "The host was lost while it started.";

    private record Place(String actor, String version, String host) {}

    private record Life(String host, long incarnation, String replica) {}

    private record Serving(Place place, long sinceNanos) {}

    private static final class Failing {
        int failures;
        long atNanos;
        long untilNanos;
        long steadyNanos = STEADY_NANOS;
        String reason = "";
        boolean hadServed;

        /** @param servedNanos how long it had been ready; -1 where it never was */
        void count(String why, long servedNanos, long now) {
            atNanos = now;
            untilNanos = now + (FIRST_NANOS << Math.min(failures, MOST_DOUBLINGS));
            failures++;
            reason = why;
            hadServed = servedNanos >= 0;
            steadyNanos = Math.max(steadyNanos, 2 * Math.min(servedNanos, LONGEST_NANOS));
        }

        /** One fewer; whether none is left. */
        boolean isLess(long now) {
            untilNanos = now;
            return --failures == 0;
        }

        /** One that ran there already says nothing of the next. */
        boolean isForgiven(long readySince, long now) {
            return readySince - atNanos > 0 && now - readySince >= steadyNanos;
        }

        /** Not before the next one had the time to start and to show what it does. */
        boolean isForgotten(long now) {
            return now - untilNanos >= Math.max(FORGOTTEN_NANOS, 2 * steadyNanos);
        }
    }

    /** What was counted of a host that went. */
    private record Gone(long incarnation, Set<Place> places) {}

    private final Map<Place, Failing> failing = new HashMap<>();

    /** Those that failed and are still there, and whether they had served. */
    private final Map<Life, Boolean> counted = new HashMap<>();

    private final Map<Life, Serving> serving = new HashMap<>();

    /** By node id. */
    private final Map<String, Gone> gone = new HashMap<>();

    /**
     * Takes in that a host is gone though nobody meant it to: what started there may have ended its process. That is one failure of each
     * version, however many replicas of it started.
     */
    public void lost(HostState host, long now) {
        Set<Place> places = host.replicas().stream()
                .filter(replica -> replica.state() == State.STARTING)
                .map(replica -> new Place(replica.actor(), replica.version(), host.nodeId()))
                .collect(Collectors.toSet());
        places.forEach(place -> count(place, LOST, -1, now));
        gone.put(host.nodeId(), new Gone(host.incarnation(), places));
    }

    /** Only the link had broken where the same process is there again: nothing had failed. */
    private void takeBack(HostState host, long now) {
        Gone before = gone.remove(host.nodeId());
        if (before != null && before.incarnation() == host.incarnation()) {
            before.places().forEach(place -> failing.computeIfPresent(place, (same, at) -> at.isLess(now) ? null : at));
        }
    }

    /** Takes in what hosts say: new failures count, and where one has run for a while that was started after them, they are
     * forgiven. */
    public void observe(List<HostState> hosts, long now) {
        hosts.forEach(host -> takeBack(host, now));
        Set<Life> failed = new HashSet<>();
        Set<Life> ready = new HashSet<>();
        for (HostState host : hosts) {
            for (ReplicaState replica : host.replicas()) {
                Place place = new Place(replica.actor(), replica.version(), host.nodeId());
                Life life = new Life(host.nodeId(), host.incarnation(), replica.id());
                if (replica.isReady()) {
                    ready.add(life);
                    serving.putIfAbsent(life, new Serving(place, now));
                } else if (replica.state() == State.FAILED) {
                    failed.add(life);
                    Serving before = serving.get(life);
                    if (counted.putIfAbsent(life, before != null) == null) {
                        count(place, replica.reason(), before == null ? -1 : now - before.sinceNanos(), now);
                    }
                }
            }
        }
        counted.keySet().retainAll(failed);
        serving.keySet().retainAll(ready);
        serving.values()
                .forEach(some -> failing.computeIfPresent(
                        some.place(), (place, at) -> at.isForgiven(some.sinceNanos(), now) ? null : at));
        failing.values().removeIf(at -> at.isForgotten(now));
        gone.values().removeIf(host -> host.places().stream().noneMatch(failing::containsKey));
    }

    private void count(Place place, String why, long servedNanos, long now) {
        failing.computeIfAbsent(place, none -> new Failing()).count(why, servedNanos, now);
    }

    /** Keeps nothing of versions of an actor that are no longer wanted: tried again some day, they start anew. */
    void retain(String actor, Set<String> versions) {
        failing.keySet().removeIf(place -> place.actor().equals(actor) && !versions.contains(place.version()));
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

    /** Why the last of them failed; empty where none did. */
    public String reason(String actor, String version) {
        return last(actor, version).map(at -> at.reason).orElse("");
    }

    /** Whether that one had been ready before: it did start. */
    public boolean hadServed(String actor, String version) {
        return last(actor, version).map(at -> at.hadServed).orElse(false);
    }

    /** The same of one that is still there. */
    boolean hadServed(HostState host, String replica) {
        return counted.getOrDefault(new Life(host.nodeId(), host.incarnation(), replica), false);
    }

    private Optional<Failing> last(String actor, String version) {
        return failing.entrySet().stream()
                .filter(at -> at.getKey().actor().equals(actor)
                        && at.getKey().version().equals(version))
                .map(Map.Entry::getValue)
                .max((one, other) -> Long.signum(one.atNanos - other.atNanos));
    }
}
