package dev.sluice.router.fleet.control;

import dev.sluice.router.dispatch.ReplicaConduct;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tells of replicas that serve worse than the others of their version, when that begins and when it is over. Nothing is decided here:
 * schedulers leave such replicas alone by themselves. Not thread-safe.
 */
final class Outliers {

    /** As slow as this a replica gets only what it can do in time, or trials alone: its scheduler says. */
    private static final double SLOW = 3;

    /** A slow one is not taken for recovered before this, or what lies on the border would be told of again and again. */
    private static final double SLOW_NO_MORE = 2;

    /** So long it has to be slow, or as the others again, before that is told: with batches of less than a millisecond it is by chance. */
    private static final long STEADY_NANOS = TimeUnit.SECONDS.toNanos(5);

    private record Key(String actor, String version, String host, String replica) {}

    /** What was told of a replica, and what is about to be. */
    private static final class Told {
        boolean failing;
        boolean slow;

        @Nullable Long slowSince;

        @Nullable Long fineSince;

        boolean isTrouble() {
            return failing || slow;
        }
    }

    private final EventLog events;
    private Map<Key, Told> known = new HashMap<>();

    Outliers(EventLog events) {
        this.events = events;
    }

    /**
     * Those that are gone are forgotten.
     *
     * @param now monotonic, in nanoseconds
     */
    void look(Collection<ReplicaConduct> conducts, long now) {
        Map<Key, Told> there = new HashMap<>();
        for (ReplicaConduct conduct : conducts) {
            Key key = new Key(conduct.actor(), conduct.version(), conduct.host(), conduct.replica());
            Told told = known.getOrDefault(key, new Told());
            boolean slow = conduct.slowdown() >= (told.slow ? SLOW_NO_MORE : SLOW);
            boolean fine = !slow && !conduct.distrusted();
            told.slowSince = since(slow, told.slowSince, now);
            told.fineSince = since(fine, told.fineSince, now);
            tell(conduct, told, now);
            there.put(key, told);
        }
        known = there;
    }

    private static @Nullable Long since(boolean holds, @Nullable Long before, long now) {
        if (!holds) {
            return null;
        }
        return before == null ? Long.valueOf(now) : before;
    }

    private static boolean isSteady(@Nullable Long since, long now) {
        return since != null && now - since >= STEADY_NANOS;
    }

    private void tell(ReplicaConduct conduct, Told told, long now) {
        if (conduct.distrusted() && !told.failing) {
            told.failing = true;
            add("eject", conduct, "it fails more often than the others, and gets trials alone until it serves again");
        }
        if (!told.slow && isSteady(told.slowSince, now)) {
            told.slow = true;
            String times = String.format(Locale.ROOT, "%.1f", conduct.slowdown());
            add(
                    "slow",
                    conduct,
                    "its batches take " + times
                            + " times as long as others': it gets what it can do in time, or trials alone");
        }
        if (told.isTrouble() && isSteady(told.fineSince, now)) {
            told.failing = false;
            told.slow = false;
            add("readmit", conduct, "it serves as the others do again");
        }
    }

    private void add(String kind, ReplicaConduct of, String reason) {
        events.add(kind, of.actor(), of.version(), of.replica(), of.host(), reason);
    }
}
