package dev.sluice.scheduling;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The replicas of one version of an actor: which are free, when the others are likely to be, how slow each is. The owner
 * of the scheduler tells it what happens to them; the scheduler asks. Outlives a scheduler that is replaced. Not
 * thread-safe: one writer, the scheduler's.
 */
public final class Fleet {

    private final FleetSpeeds speeds = new FleetSpeeds();
    private final List<TrackedReplica> members = new ArrayList<>();
    private final FreeReplicas free = new FreeReplicas();
    private final BusyReplicas busy = new BusyReplicas();
    private final Bans bans = new Bans();
    private final Hedges hedges = new Hedges(busy);
    private boolean slowAreLeftAlone;

    public LatencyProfile profile() {
        return speeds.profile();
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
        return speeds.sum();
    }

    Hedges hedges() {
        return hedges;
    }

    /** Whether replicas that are far slower than the others get trials alone: for who does not weigh what each can do in time. */
    void leaveSlowAlone(boolean leaves) {
        slowAreLeftAlone = leaves;
    }

    /** A replica is there, and free, where kinds of hosts are not told apart. */
    public TrackedReplica join(Object id, long now) {
        return join(id, "", now);
    }

    /**
     * A replica is there, and free.
     *
     * @param kind of its host: batch times are kept for each kind, so this should name few, such as machine types. A new
     *     kind is taken for an ordinary one until it is measured
     */
    public TrackedReplica join(Object id, String kind, long now) {
        TrackedReplica replica = new TrackedReplica(id, speeds.joined(kind));
        members.add(replica);
        enterFree(replica, now);
        speeds.reckon(members);
        return replica;
    }

    /**
     * A replica is gone, whatever it was doing. Those that were left alone are not any more where there is no other: the scheduler is to be
     * polled.
     */
    public void leave(TrackedReplica replica) {
        if (!replica.up) {
            return;
        }
        leaveFree(replica);
        replica.up = false;
        replica.serves(null);
        members.remove(replica);
        bans.forget(replica);
        busy.remove(replica);
        speeds.left(replica.kind());
        speeds.reckon(members);
        if (bans.holdAll(members)) {
            // One of them has to serve, and none is known to be better.
            for (TrackedReplica left = bans.endAny(); left != null; left = bans.endAny()) {
                readmit(left);
            }
        }
    }

    /**
     * A batch was run on this replica to see how long it takes, outside of any traffic.
     *
     * @param rows of the batch, one of {@link LatencyProfile#sizesToExplore} for instance, but any helps
     */
    public void explored(TrackedReplica replica, String method, int rows, long nanos, long now) {
        learn(replica, method, rows, nanos, now - Math.max(0, nanos), now);
    }

    /**
     * A batch goes to a free replica.
     *
     * @param rows of the batch that was really sent
     */
    public void sent(TrackedReplica replica, String method, int rows, long now) {
        hedges.sent(send(replica, method, rows, now));
    }

    /** The batch that {@code late} works on goes to {@code spare} too, as {@link Decision.Hedge} asks for. */
    public void hedged(TrackedReplica late, TrackedReplica spare, String method, int rows, long now) {
        hedges.hedged(send(spare, method, rows, now));
        late.hedged = true;
        spare.hedged = true;
    }

    /** Returns what it is expected to take. */
    private long send(TrackedReplica replica, String method, int rows, long now) {
        leaveFree(replica);
        busy.remove(replica);
        MethodTimes times = profile().method(method).on(replica.kind());
        long takes = (long) (times.typical(rows) * replica.slowdown());
        long lateAfter = hedges.isOn() ? times.lateAfter(rows, replica.slowdown()) : Long.MAX_VALUE;
        if (replica.running++ == 0) {
            runs(replica, takes, lateAfter, now);
        } else {
            replica.stagedNanos = takes;
            replica.stagedLateAfter = lateAfter;
            replica.endsAt = startsAt(replica, now) + takes;
        }
        busy.add(replica);
        return takes;
    }

    private static void runs(TrackedReplica replica, long takes, long lateAfter, long now) {
        replica.startedAt = now;
        replica.expectedNanos = takes;
        replica.lateAfter = lateAfter;
        replica.hedged = false;
        replica.runEndsAt = now + takes;
        replica.endsAt = replica.runEndsAt;
    }

    /** When a batch that is sent to a free replica now would start: at once, or when the one before it ends. */
    static long startsAt(TrackedReplica replica, long now) {
        return replica.running > 0 && NanoTime.before(now, replica.runEndsAt) ? replica.runEndsAt : now;
    }

    /** There is room for a batch behind the one that the replica runs: its end is near. */
    public void open(TrackedReplica replica, long now) {
        if (replica.up && !replica.free && !replica.shunned) {
            enterFree(replica, now);
        }
    }

    /** A batch ended well. The replica is free, if no other batch was staged behind it. */
    public void ended(TrackedReplica replica, String method, int rows, long now) {
        leaveFree(replica);
        learn(replica, method, rows, now - replica.startedAt, replica.startedAt, now);
        bans.outcome(replica, 0);
        if (slowAreLeftAlone && bans.beginSlow(replica, members, now)) {
            speeds.reckon(members);
        }
        done(replica, now);
    }

    /**
     * A batch was interrupted, since nobody waited for it any more. Its time counts where it was longer than expected already:
     * an actor that has become too slow for every caller would never be known to have.
     */
    public void cutShort(TrackedReplica replica, String method, int rows, long now) {
        MethodTimes times = profile().method(method).on(replica.kind());
        if (now - replica.startedAt > times.typical(rows) * replica.slowdown()) {
            ended(replica, method, rows, now);
        } else {
            stopped(replica, now);
        }
    }

    /** A batch ended well, and its time says nothing: it shows only that the replica does not fail. */
    public void served(TrackedReplica replica, long now) {
        leaveFree(replica);
        bans.outcome(replica, 0);
        done(replica, now);
    }

    /** A batch ended, and neither its time nor its end says anything. */
    public void stopped(TrackedReplica replica, long now) {
        leaveFree(replica);
        done(replica, now);
    }

    /** A batch failed as a whole. A replica that does so more often than the others gets no work for a while. */
    public void failed(TrackedReplica replica, long now) {
        leaveFree(replica);
        bans.outcome(replica, 1);
        if (bans.begin(replica, members, now)) {
            speeds.reckon(members);
        }
        done(replica, now);
    }

    /**
     * The batch that was sent last was refused and not started. If nothing else runs there, the replica works for another
     * router, until it is {@link #freed}.
     */
    public void refused(TrackedReplica replica) {
        leaveFree(replica);
        replica.running = Math.max(0, replica.running - 1);
        if (replica.running > 0) {
            busy.remove(replica);
            replica.endsAt = replica.runEndsAt;
            busy.add(replica);
        }
    }

    /** The replica has nothing to do, whatever was thought of it. */
    public void freed(TrackedReplica replica, long now) {
        leaveFree(replica);
        replica.running = 0;
        done(replica, now);
    }

    private void done(TrackedReplica replica, long now) {
        if (!replica.up) {
            return;
        }
        busy.remove(replica);
        replica.running = Math.max(0, replica.running - 1);
        if (replica.running == 0) {
            enterFree(replica, now);
        } else {
            runs(replica, replica.stagedNanos, replica.stagedLateAfter, now);
            busy.add(replica);
        }
    }

    private void learn(TrackedReplica replica, String method, int rows, long nanos, long startedAt, long endedAt) {
        boolean held = replica.free && !replica.shunned;
        if (held) {
            free.remove(replica);
        }
        boolean changed = speeds.learn(replica, method, rows, Math.max(0, nanos), startedAt, endedAt, members);
        if (held) {
            free.add(replica);
        }
        if (changed) {
            free.reorder();
            speeds.reckon(members);
        }
    }

    /** The best of those that a batch can be sent to; null if there is none. */
    @Nullable TrackedReplica best() {
        return free.best();
    }

    /** How many batches could be sent now. */
    int freeCount() {
        return free.count();
    }

    /** How many replicas have nothing to do. */
    int idleCount() {
        return free.idle();
    }

    /** Lets those back in whose time alone is over. */
    void readmit(long now) {
        for (TrackedReplica replica = bans.end(now); replica != null; replica = bans.end(now)) {
            readmit(replica);
        }
    }

    private void readmit(TrackedReplica replica) {
        if (replica.free) {
            busy.remove(replica);
            free.add(replica);
        }
        speeds.reckon(members);
    }

    boolean hasShunned() {
        return !bans.none();
    }

    long nextReadmission() {
        return bans.nextEnd();
    }

    /**
     * When the {@code rank}-th replica from now, counted from 0, is likely to be free; for ranks beyond the fleet, as if
     * each came round again after {@code roundNanos}.
     */
    long freeAt(int rank, double roundNanos, long now) {
        int total = free.idle() + busy.count();
        if (rank < free.idle() || total == 0) {
            return now;
        }
        int rounds = rank / total;
        int place = rank - rounds * total - free.idle();
        return (place < 0 ? now : busy.freeAt(place, now)) + (long) (rounds * roundNanos);
    }

    private void enterFree(TrackedReplica replica, long now) {
        replica.free = true;
        replica.freeSince = now;
        if (replica.shunned) {
            replica.endsAt = replica.shunnedUntil;
            busy.add(replica);
        } else {
            free.add(replica);
        }
    }

    private void leaveFree(TrackedReplica replica) {
        if (replica.free) {
            replica.free = false;
            if (!replica.shunned) {
                free.remove(replica);
            }
        }
    }
}
