package dev.sluice.router.dispatch;

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
    private boolean offered;
    private long endsAtNanos;
    private long busySinceNanos;

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

    State state() {
        return state;
    }

    boolean hasRoom() {
        return state == State.IDLE || (state == State.RUNNING && staged == null && offered);
    }

    /** Whether a second batch may be sent behind the running one as soon as {@link #stageAtNanos()} has come. */
    boolean stageable() {
        RunningBatch now = running;
        return state == State.RUNNING && staged == null && !offered && now != null && now.predictedNanos() > 0;
    }

    /** The room behind the running batch is open from now on. */
    void offer() {
        offered = true;
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
        offered = false;
        if (state == State.RUNNING) {
            staged = batch;
            return true;
        }
        state = State.RUNNING;
        runs(batch, now);
        return false;
    }

    private void runs(RunningBatch batch, long now) {
        running = batch;
        endsAtNanos = now + host.link().roundTripNanos() / 2 + batch.predictedNanos();
    }

    /** The batch is over; the staged one runs now, if there is one. */
    void ended(RunningBatch batch, long now) {
        if (state == State.GONE) {
            return;
        }
        if (staged == batch) {
            staged = null;
        } else if (running == batch) {
            running = null;
            offered = false;
            RunningBatch next = staged;
            staged = null;
            if (next == null) {
                state = State.IDLE;
            } else {
                runs(next, now);
            }
        }
    }

    /** The host refused the batch. */
    void refused(RunningBatch batch, long now) {
        boolean wasStaged = staged == batch;
        ended(batch, now);
        if (!wasStaged && state == State.IDLE) {
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

    void gone() {
        state = State.GONE;
        running = null;
        staged = null;
    }
}
