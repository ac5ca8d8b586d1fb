package dev.sluice.router.fleet.control;

import dev.sluice.router.dispatch.ReplicaConduct;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Tells of replicas that serve worse than the others of their version, when that begins and when it is over. Nothing is decided here:
 * schedulers leave such replicas alone by themselves. Not thread-safe.
 */
final class Outliers {

    /** As slow as this a replica gets only what it can do in time, or trials alone: its scheduler says. */
    private static final double SLOW = 3;

    /** A slow one is not taken for recovered before this, or what lies on the border would be told of again and again. */
    private static final double SLOW_NO_MORE = 2;

    private record Key(String actor, String version, String host, String replica) {}

    private record Trouble(boolean failing, boolean slow) {
        static final Trouble NONE = new Trouble(false, false);
    }

    private final EventLog events;
    private Map<Key, Trouble> known = new HashMap<>();

    Outliers(EventLog events) {
        this.events = events;
    }

    /** Those that are gone are forgotten. */
    void look(Collection<ReplicaConduct> conducts) {
        Map<Key, Trouble> troubled = new HashMap<>();
        for (ReplicaConduct conduct : conducts) {
            Key key = new Key(conduct.actor(), conduct.version(), conduct.host(), conduct.replica());
            Trouble before = known.getOrDefault(key, Trouble.NONE);
            Trouble now =
                    new Trouble(conduct.distrusted(), conduct.slowdown() >= (before.slow() ? SLOW_NO_MORE : SLOW));
            if (!now.equals(before)) {
                tell(conduct, before, now);
            }
            if (!now.equals(Trouble.NONE)) {
                troubled.put(key, now);
            }
        }
        known = troubled;
    }

    private void tell(ReplicaConduct conduct, Trouble before, Trouble now) {
        if (now.failing() && !before.failing()) {
            add("eject", conduct, "it fails more often than the others, and gets trials alone until it serves again");
        }
        if (now.slow() && !before.slow()) {
            String times = String.format(Locale.ROOT, "%.1f", conduct.slowdown());
            add(
                    "slow",
                    conduct,
                    "its batches take " + times
                            + " times as long as others': it gets what it can do in time, or trials alone");
        }
        if (now.equals(Trouble.NONE)) {
            add("readmit", conduct, "it serves as the others do again");
        }
    }

    private void add(String kind, ReplicaConduct of, String reason) {
        events.add(kind, of.actor(), of.version(), of.replica(), of.host(), reason);
    }
}
