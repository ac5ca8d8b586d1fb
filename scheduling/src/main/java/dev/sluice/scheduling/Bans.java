package dev.sluice.scheduling;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which replicas fail more often than the others, and so are left alone for a while: the longer, the more they fail. And, where
 * that is asked for, which are far slower. Not thread-safe.
 */
final class Bans {

    /** A replica that fails this much more often than the others do is left alone. */
    private static final double NOTABLE_FAILURES = 0.2;

    /** Below this share of failures it is as good as any again. */
    private static final double TRUSTED_FAILURES = 0.1;

    /** And one that takes so many times as long as they do. */
    private static final double FAR_SLOWER = 3;

    private static final double FAILURE_WEIGHT = 0.2;
    private static final long SHORTEST_NANOS = 100_000_000;
    private static final long LONGEST_NANOS = 3_000_000_000L;

    private final List<TrackedReplica> banned = new ArrayList<>();

    /** @param failed 1 where a batch failed as a whole, 0 where it ended well */
    void outcome(TrackedReplica replica, double failed) {
        replica.failures += FAILURE_WEIGHT * (failed - replica.failures);
        replica.distrusted &= replica.failures >= TRUSTED_FAILURES;
    }

    /** Whether the replica is left alone from now on, since it fails. The last one never is. */
    boolean begin(TrackedReplica replica, List<TrackedReplica> members, long now) {
        if (!mayBegin(replica, members)) {
            return false;
        }
        double others = 0;
        for (int i = 0; i < members.size(); i++) {
            // By replica and not by batch: one that fails fast may have had most of the batches.
            others += members.get(i) == replica ? 0 : members.get(i).failures / (members.size() - 1);
        }
        if (replica.failures <= others * 1.5 + NOTABLE_FAILURES) {
            return false;
        }
        double badness = Math.min(1, replica.failures);
        replica.distrusted = true;
        begin(replica, now + SHORTEST_NANOS + (long) (badness * badness * (LONGEST_NANOS - SHORTEST_NANOS)));
        return true;
    }

    /** Whether the replica is left alone from now on, since it is far slower than the others. The last one never is. */
    boolean beginSlow(TrackedReplica replica, List<TrackedReplica> members, long now) {
        if (!mayBegin(replica, members)) {
            return false;
        }
        double others = 0;
        for (int i = 0; i < members.size(); i++) {
            others += members.get(i) == replica ? 0 : members.get(i).slowdown() / (members.size() - 1);
        }
        // Of two, the slow one may have been taken for the ordinary, and the other for a quick one.
        if (!replica.isSlower(FAR_SLOWER * Math.min(1, others))) {
            return false;
        }
        begin(replica, now + replica.untilNextTrial());
        return true;
    }

    private static boolean mayBegin(TrackedReplica replica, List<TrackedReplica> members) {
        if (!replica.up || replica.shunned) {
            return false;
        }
        for (int i = 0; i < members.size(); i++) {
            if (members.get(i) != replica && !members.get(i).shunned) {
                return true;
            }
        }
        return false;
    }

    private void begin(TrackedReplica replica, long until) {
        replica.shunned = true;
        replica.shunnedUntil = until;
        banned.add(replica);
    }

    boolean none() {
        return banned.isEmpty();
    }

    /** When the next one is over. */
    long nextEnd() {
        long next = banned.get(0).shunnedUntil;
        for (int i = 1; i < banned.size(); i++) {
            if (NanoTime.before(banned.get(i).shunnedUntil, next)) {
                next = banned.get(i).shunnedUntil;
            }
        }
        return next;
    }

    /** A replica whose time alone is over; null if there is none. */
    @Nullable TrackedReplica end(long now) {
        for (int i = 0; i < banned.size(); i++) {
            TrackedReplica replica = banned.get(i);
            if (NanoTime.reached(replica.shunnedUntil, now)) {
                return end(i);
            }
        }
        return null;
    }

    private TrackedReplica end(int place) {
        TrackedReplica replica = banned.remove(place);
        replica.shunned = false;
        return replica;
    }

    /** Whether there is none beside those that are left alone. */
    boolean holdAll(List<TrackedReplica> members) {
        return banned.size() == members.size();
    }

    /** A replica whose time alone ends early; null if there is none. */
    @Nullable TrackedReplica endAny() {
        return banned.isEmpty() ? null : end(0);
    }

    void forget(TrackedReplica replica) {
        banned.remove(replica);
    }
}
