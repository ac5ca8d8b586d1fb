package dev.sluice.router.dispatch;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.scheduling.TrackedReplica;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A replica as one router knows it: what this router gave it, not what others did. Shard only. */
final class Replica {

    /** What the router may do with a replica. */
    enum State {
        IDLE,
        RUNNING,
        /** Refused a batch: it runs one of another router. */
        BUSY_ELSEWHERE,
        GONE
    }

    private final HostLink host;
    private final String id;
    private State state = State.IDLE;
    private @Nullable RunningBatch running;
    private @Nullable RunningBatch staged;
    private boolean open;
    private boolean stagingRefused;
    private long endsAtNanos;
    private long busySinceNanos;

    private final TransportCost transport = new TransportCost();
    private final ReplicaWork work = new ReplicaWork();
    private @Nullable TrackedReplica tracked;

    /** For other threads. */
    private record Seen(boolean distrusted, double failed, double slowdown) {}

    private volatile Seen seen = new Seen(false, 0, 1);

    Replica(HostLink host, String id) {
        this.host = host;
        this.id = id;
    }

    HostLink host() {
        return host;
    }

    String id() {
        return id;
    }

    /** The scheduler's fleet knows it as this; set once, before anything is sent. */
    void trackAs(TrackedReplica inFleet) {
        tracked = inFleet;
    }

    TrackedReplica tracked() {
        return Objects.requireNonNull(tracked, "tracked");
    }

    /**
     * How long a batch is expected to run here; 0 where nothing is known.
     *
     * @param seenNanos how long one like it usually takes elsewhere, from its sending to its end, as this router sees it
     */
    long predictedNanos(long seenNanos) {
        return seenNanos == 0 ? 0 : Math.max(1, (long) (seenNanos * tracked().slowdown()) - transport.nanos());
    }

    /** The batch is over, and the host says how long it ran: what else passed was the way there and back. */
    void measured(RunningBatch batch, long runNanos, long now) {
        work.ended(runNanos);
        if (batch.wasStaged()) {
            transport.notSeen();
        } else if (running == batch) {
            transport.measured(now - batch.sentNanos() - runNanos);
        }
    }

    /** A batch has ended; others are to see what it showed. */
    void show() {
        Seen now = new Seen(
                tracked().isDistrusted(), tracked().failureShare(), tracked().slowdown());
        if (!now.equals(seen)) {
            seen = now;
        }
    }

    /** Any thread. */
    ReplicaConduct conduct(ActorDescriptor actor) {
        Seen last = seen;
        return new ReplicaConduct(
                actor.name(),
                actor.version(),
                host.nodeId(),
                id,
                last.distrusted(),
                last.failed(),
                last.slowdown(),
                work.soFar());
    }

    /** What the way of a batch to it and back usually costs. */
    long wayNanos() {
        return transport.nanos();
    }

    boolean idle() {
        return state == State.IDLE;
    }

    /** Whether a second batch may be sent behind the running one. */
    boolean hasRoomBehind() {
        return state == State.RUNNING && staged == null && open;
    }

    /** Whether a second batch may be sent behind the running one as soon as {@link #stageAtNanos()} has come. */
    boolean stageable() {
        RunningBatch now = running;
        return state == State.RUNNING
                && staged == null
                && !open
                && !stagingRefused
                && now != null
                && now.predictedNanos() > 0;
    }

    /** There is room behind the running batch from now on. */
    void open() {
        open = true;
    }

    /** One round trip before the predicted end of the running batch. */
    long stageAtNanos() {
        return endsAtNanos - host.link().roundTripNanos();
    }

    @Nullable RunningBatch running() {
        return running;
    }

    /** @return whether the batch is staged behind another */
    boolean started(RunningBatch batch, long now) {
        batch.sent(now, state == State.RUNNING);
        if (state == State.RUNNING) {
            open = false;
            staged = batch;
            work.runs(queries());
            return true;
        }
        state = State.RUNNING;
        runs(batch, now + host.link().roundTripNanos() / 2);
        work.runs(queries());
        return false;
    }

    /** @param from when the host starts it, as far as that can be known here */
    private void runs(RunningBatch batch, long from) {
        running = batch;
        open = false;
        stagingRefused = false;
        endsAtNanos = from + batch.predictedNanos();
    }

    /** The batch is over; the staged one, if there is one, has been running since the host said so. */
    void ended(RunningBatch batch, long now) {
        if (state == State.GONE) {
            return;
        }
        if (staged == batch) {
            staged = null;
        } else if (running == batch) {
            RunningBatch next = staged;
            staged = null;
            if (next == null) {
                running = null;
                open = false;
                state = State.IDLE;
            } else {
                runs(next, now - host.link().roundTripNanos() / 2);
            }
        }
        work.runs(queries());
    }

    private int queries() {
        return size(running) + size(staged);
    }

    private static int size(@Nullable RunningBatch batch) {
        return batch == null ? 0 : batch.queries().size();
    }

    /** The host refused the batch. */
    void refused(RunningBatch batch, long now) {
        boolean wasStaged = staged == batch;
        ended(batch, now);
        if (wasStaged) {
            stagingRefused = true;
        } else if (state == State.IDLE) {
            state = State.BUSY_ELSEWHERE;
            busySinceNanos = now;
        }
    }

    /** The host says that the replica is free, or it was taken for busy for so long that it is worth a try. */
    void free() {
        if (state == State.BUSY_ELSEWHERE) {
            state = State.IDLE;
        }
    }

    boolean busyFor(long nanos, long now) {
        return state == State.BUSY_ELSEWHERE && now - busySinceNanos >= nanos;
    }

    @Override
    public String toString() {
        return id + '@' + host.nodeId();
    }

    void gone() {
        state = State.GONE;
        running = null;
        staged = null;
        work.runs(0);
    }
}
