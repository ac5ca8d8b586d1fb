package dev.sluice.scheduling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The replicas of one version of an actor: which are free, when the others are likely to be, how slow each is. The owner
 * of the scheduler tells it what happens to them; the scheduler asks. Outlives a scheduler that is replaced. Not
 * thread-safe: one writer, the scheduler's.
 */
public final class Fleet {

    /** A replica that fails this much more often than all of them do is left alone for a while. */
    private static final double NOTABLE_FAILURES = 0.2;

    private static final double FAILURE_WEIGHT = 0.2;
    private static final long SHORTEST_BAN_NANOS = 100_000_000;
    private static final long LONGEST_BAN_NANOS = 3_000_000_000L;

    private final LatencyProfile profile = new LatencyProfile();
    private final List<TrackedReplica> members = new ArrayList<>();
    private final PriorityQueue<TrackedReplica> free = new PriorityQueue<>(
            Comparator.comparingDouble(TrackedReplica::cost).thenComparingLong(replica -> replica.freeSince));
    private final List<TrackedReplica> shunned = new ArrayList<>();

    /** The busy replicas in the order in which they are likely to end. */
    private TrackedReplica[] busy = new TrackedReplica[8];

    private int busyCount;
    private double speed;
    private double failures;

    public LatencyProfile profile() {
        return profile;
    }

    public List<TrackedReplica> members() {
        return List.copyOf(members);
    }

    /** How many replicas there are. */
    public int size() {
        return members.size();
    }

    /** How many ordinary replicas do as much as these. */
    double speed() {
        return speed;
    }

    /** A replica is there, and free. */
    public TrackedReplica join(Object id, long now) {
        TrackedReplica replica = new TrackedReplica(id);
        members.add(replica);
        enterFree(replica, now);
        reckonSpeed();
        return replica;
    }

    /** A replica is gone, whatever it was doing. */
    public void leave(TrackedReplica replica) {
        replica.up = false;
        members.remove(replica);
        leaveFree(replica);
        shunned.remove(replica);
        leaveBusy(replica);
        reckonSpeed();
    }

    /** A batch goes to a free replica. */
    public void sent(TrackedReplica replica, String method, int size, long now) {
        leaveFree(replica);
        long starts = replica.running > 0 && NanoTime.before(now, replica.endsAt) ? replica.endsAt : now;
        leaveBusy(replica);
        if (replica.running++ == 0) {
            replica.startedAt = now;
        }
        replica.endsAt = starts + (long) (profile.of(method).typical(size) * replica.slowdown());
        enterBusy(replica);
    }

    /** There is room for a batch behind the one that the replica runs: its end is near. */
    public void open(TrackedReplica replica, long now) {
        if (replica.up && !replica.free) {
            enterFree(replica, now);
        }
    }

    /** A batch ended well. The replica is free, if no other batch was staged behind it. */
    public void ended(TrackedReplica replica, String method, int size, long now) {
        long startedAt = replica.startedAt;
        MethodTimes times = profile.of(method);
        double nanos = Math.max(0, now - startedAt);
        if (members.size() > 1 && times.known()) {
            double before = replica.slowdown();
            replica.measured(nanos / Math.max(1, times.typical(size)));
            if (before != replica.slowdown()) {
                reckonSpeed();
            }
        }
        if (times.record(size, nanos / replica.slowdown(), startedAt, now)) {
            forgetSpeeds();
        }
        outcome(replica, 0);
        done(replica, now);
    }

    /**
     * A batch was interrupted, since nobody waited for it any more. Its time counts where it was longer than expected already:
     * an actor that has become too slow for every caller would never be known to have.
     */
    public void cutShort(TrackedReplica replica, String method, int size, long now) {
        if (now - replica.startedAt > profile.of(method).typical(size) * replica.slowdown()) {
            ended(replica, method, size, now);
        } else {
            stopped(replica, now);
        }
    }

    /** A batch ended, and its time says nothing. */
    public void stopped(TrackedReplica replica, long now) {
        done(replica, now);
    }

    /** A batch failed as a whole. A replica that does so more often than the others gets no work for a while. */
    public void failed(TrackedReplica replica, long now) {
        outcome(replica, 1);
        if (members.size() > 1 && replica.failures > failures * 1.5 + NOTABLE_FAILURES && !replica.shunned) {
            replica.shunned = true;
            double badness = Math.min(1, replica.failures);
            replica.shunnedUntil =
                    now + SHORTEST_BAN_NANOS + (long) (badness * badness * (LONGEST_BAN_NANOS - SHORTEST_BAN_NANOS));
            shunned.add(replica);
            reckonSpeed();
        }
        done(replica, now);
    }

    /** A batch was refused and not started: the replica works for another router, until it is {@link #freed}. */
    public void refused(TrackedReplica replica) {
        replica.running = Math.max(0, replica.running - 1);
        leaveFree(replica);
    }

    /** The replica has nothing to do, whatever was thought of it. */
    public void freed(TrackedReplica replica, long now) {
        replica.running = 0;
        done(replica, now);
    }

    private void done(TrackedReplica replica, long now) {
        if (!replica.up) {
            return;
        }
        leaveBusy(replica);
        replica.running = Math.max(0, replica.running - 1);
        if (replica.running == 0) {
            leaveFree(replica);
            enterFree(replica, now);
        } else {
            replica.startedAt = now;
            enterBusy(replica);
        }
    }

    private void outcome(TrackedReplica replica, double failed) {
        replica.failures += FAILURE_WEIGHT * (failed - replica.failures);
        failures += FAILURE_WEIGHT / Math.max(1, members.size()) * (failed - failures);
    }

    /** The best of the free replicas; null if none is free. */
    @Nullable TrackedReplica best() {
        return free.peek();
    }

    int freeCount() {
        return free.size();
    }

    /** Lets those back in whose time alone is over. */
    void readmit(long now) {
        for (int i = shunned.size() - 1; i >= 0; i--) {
            TrackedReplica replica = shunned.get(i);
            if (NanoTime.reached(replica.shunnedUntil, now)) {
                shunned.remove(i);
                replica.shunned = false;
                if (replica.free) {
                    free.add(replica);
                }
                reckonSpeed();
            }
        }
    }

    boolean hasShunned() {
        return !shunned.isEmpty();
    }

    long nextReadmission() {
        long next = shunned.get(0).shunnedUntil;
        for (int i = 1; i < shunned.size(); i++) {
            if (NanoTime.before(shunned.get(i).shunnedUntil, next)) {
                next = shunned.get(i).shunnedUntil;
            }
        }
        return next;
    }

    /**
     * When the {@code rank}-th replica from now, counted from 0, is likely to be free; for ranks beyond the fleet, as if
     * each came round again after {@code roundNanos}. A replica that is overdue is expected to need as long again as it is
     * overdue by now.
     */
    long freeAt(int rank, double roundNanos, long now) {
        int freeNow = free.size();
        if (rank < freeNow) {
            return now;
        }
        if (busyCount == 0) {
            return freeNow == 0 ? now : now + (long) (rank / freeNow * roundNanos);
        }
        int place = rank - freeNow;
        int total = busyCount + freeNow;
        if (rank >= total) {
            int rounds = rank / total;
            return freeAt(rank - rounds * total, roundNanos, now) + (long) (rounds * roundNanos);
        }
        if (!NanoTime.reached(busy[0].endsAt, now)) {
            return busy[place].endsAt;
        }
        int overdue = 0;
        while (overdue < busyCount && NanoTime.reached(busy[overdue].endsAt, now)) {
            overdue++;
        }
        int late = overdue - 1;
        int next = overdue;
        long at = now;
        for (int i = 0; i <= place; i++) {
            long overdueEnd = late >= 0 ? now + (now - busy[late].endsAt) : Long.MAX_VALUE;
            if (late >= 0 && (next >= busyCount || overdueEnd - busy[next].endsAt <= 0)) {
                at = overdueEnd;
                late--;
            } else {
                at = busy[next++].endsAt;
            }
        }
        return at;
    }

    private void forgetSpeeds() {
        for (int i = 0; i < members.size(); i++) {
            members.get(i).forgetSpeed();
        }
        reckonSpeed();
    }

    private void reckonSpeed() {
        double sum = 0;
        int slow = 0;
        for (int i = 0; i < members.size(); i++) {
            TrackedReplica replica = members.get(i);
            if (!replica.shunned) {
                sum += 1 / replica.slowdown();
            }
            slow += replica.slowdown() == 1 ? 0 : 1;
        }
        speed = sum;
        if (slow > members.size() / 2 && members.size() > 1) {
            // Where most differ from the ordinary, it is the ordinary that has changed.
            for (int i = 0; i < members.size(); i++) {
                members.get(i).forgetSpeed();
            }
            speed = members.size();
        }
    }

    private void enterFree(TrackedReplica replica, long now) {
        replica.free = true;
        replica.freeSince = now;
        if (!replica.shunned) {
            free.add(replica);
        }
    }

    private void leaveFree(TrackedReplica replica) {
        if (replica.free) {
            replica.free = false;
            if (free.peek() == replica) {
                free.poll();
            } else {
                free.remove(replica);
            }
        }
    }

    private void enterBusy(TrackedReplica replica) {
        if (busyCount == busy.length) {
            busy = Arrays.copyOf(busy, 2 * busyCount);
        }
        int at = busyCount++;
        while (at > 0 && replica.endsAt - busy[at - 1].endsAt < 0) {
            busy[at] = busy[at - 1];
            at--;
        }
        busy[at] = replica;
    }

    private void leaveBusy(TrackedReplica replica) {
        for (int i = 0; i < busyCount; i++) {
            if (busy[i] == replica) {
                System.arraycopy(busy, i + 1, busy, i, --busyCount - i);
                return;
            }
        }
    }
}
