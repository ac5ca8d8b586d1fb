package dev.sluice.sdk.host;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.Failure;
import dev.sluice.common.link.Link;
import dev.sluice.common.membership.Announcement;
import dev.sluice.common.membership.Announcement.Explored;
import dev.sluice.common.trace.Spans;
import dev.sluice.common.wire.Frame;
import dev.sluice.sdk.actor.ActorInstance;
import dev.sluice.sdk.host.HostMetrics.MethodMeters;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One replica: an instance of user code, the thread it runs on, the batch that runs and perhaps one staged behind it, and those that wait
 * for other actors and keep it from nothing. All state belongs to the host's event loop; user code never runs there.
 */
final class HostedReplica {

    private static final Logger log = LoggerFactory.getLogger(HostedReplica.class);

    private final String id;
    private final HostedActor actor;
    private final HostContext context;
    private final ReplicaThread thread;
    private final CancelThread cancels;
    private final Set<Link> refused = new HashSet<>();
    private Announcement.State state = Announcement.State.STARTING;
    private String reason = "";
    private volatile List<Explored> explored = List.of();
    private @Nullable BatchJob running;
    private @Nullable BatchJob staged;
    private final LentBatches lent = new LentBatches();
    private boolean retired;
    private boolean checking;
    private boolean wasReady;
    private @Nullable Runnable gone;
    private long finishedNanos;

    HostedReplica(String id, HostedActor actor, HostContext context) {
        this.id = id;
        this.actor = actor;
        this.context = context;
        this.thread = new ReplicaThread("replica-" + id);
        this.cancels = new CancelThread(id);
    }

    String id() {
        return id;
    }

    MethodMeters meters(String method) {
        ActorDescriptor described = actor.type().descriptor();
        return context.metrics().of(described.name(), described.version(), method);
    }

    /** What is recorded of its queries. */
    Spans spans() {
        return context.spans();
    }

    /** Where user code hears of cancels. */
    Executor cancels() {
        return cancels;
    }

    HostedActor actor() {
        return actor;
    }

    String actorName() {
        return actor.type().descriptor().name();
    }

    Announcement.Replica announced() {
        ActorDescriptor described = actor.type().descriptor();
        return new Announcement.Replica(id, described.name(), described.version(), state, reason, explored);
    }

    /** Makes the instance, and runs it with its examples, on the replica's thread. */
    void start() {
        thread.start(this::make, this::started, this::failed);
    }

    private ActorInstance make() throws InterruptedException {
        ActorInstance instance = actor.type().create(actor.args());
        boolean explores = false;
        try {
            explored = Exploration.of(
                    instance, actor.type().descriptor(), actor.type().examples(), context.stuckNanos());
            explores = true;
            return instance;
        } finally {
            if (!explores) {
                instance.close();
            }
        }
    }

    private void started(ActorInstance instance) {
        context.loop().execute(() -> {
            wasReady = true;
            became(Announcement.State.READY, "");
        });
    }

    private void failed(Throwable failure) {
        String why = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        log.error("The replica {} could not start: {}", id, why, failure);
        context.loop().execute(() -> became(Announcement.State.FAILED, why));
    }

    private void became(Announcement.State next, String why) {
        if (state == Announcement.State.STOPPING) {
            return;
        }
        state = next;
        reason = why;
        context.changed().run();
    }

    /** Asks the instance whether it can serve, if it has nothing else to do: one that works can. */
    void checkHealth() {
        if (state == Announcement.State.READY && idle() && !retired && !checking) {
            checking = true;
            thread.check(failure -> context.loop().execute(() -> checked(failure)));
        }
    }

    private void checked(@Nullable Throwable failure) {
        checking = false;
        if (failure != null && state == Announcement.State.READY) {
            String why = failure.getMessage() == null ? failure.toString() : failure.getMessage();
            log.error("The replica {} has failed its health check and is replaced: {}", id, why);
            became(Announcement.State.FAILED, "Its health check failed: " + why);
        }
    }

    boolean hasFailed() {
        return state == Announcement.State.FAILED;
    }

    boolean wasReady() {
        return wasReady;
    }

    /** Takes the batch if the replica is free, or may stage it; else the router is told that it did not start. */
    boolean offer(BatchJob job) {
        if (state == Announcement.State.READY && !retired) {
            if (running == null) {
                runNext(job);
                return true;
            }
            // Where another router waits for this replica, the next batch is anyone's.
            if (job.staged() && staged == null && refused.isEmpty() && running.link() == job.link()) {
                staged = job;
                return true;
            }
        }
        job.turnAway();
        refused.add(job.link());
        return false;
    }

    private void runNext(BatchJob job) {
        running = job;
        job.announceStart(System.nanoTime());
        thread.run(instance -> job.run(instance, actorName(), () -> {
            job.returnCredit(context.lent());
            context.loop().execute(() -> lend(job));
        }));
    }

    /** What is still to come of the batch waits for other actors, which may ask this replica in turn: it goes on with the next. */
    private void lend(BatchJob job) {
        if (running == job && !retired) {
            lent.add(job);
            job.announceLent();
            runOn();
        }
    }

    private void runOn() {
        running = null;
        BatchJob next = staged;
        staged = null;
        if (next != null) {
            runNext(next);
        } else if (isEnding()) {
            finishIfIdle();
        } else {
            tellRefused();
        }
    }

    /**
     * Any thread: the job has ended.
     *
     * @param then what else is to be done about that, on the host's event loop
     */
    void ended(BatchJob job, Runnable then) {
        context.loop().execute(() -> {
            then.run();
            if (staged == job) {
                staged = null;
            }
            if (running == job) {
                runOn();
            } else if (lent.remove(job) && isEnding()) {
                finishIfIdle();
            }
        });
    }

    private void tellRefused() {
        for (Link link : refused) {
            link.send(new Frame.Load(List.of(id)));
        }
        refused.clear();
    }

    void forget(Link link) {
        refused.remove(link);
    }

    boolean idle() {
        return running == null && staged == null && lent.isEmpty();
    }

    /** Whether the running batch has been running for so long, or what is to end has not ended for so long. */
    boolean stuckFor(long nanos, long now) {
        if (retired) {
            return false;
        }
        BatchJob job = running;
        if (job != null) {
            return now - job.startedNanos() >= nanos;
        }
        return lent.isEmpty() && isEnding() && now - finishedNanos >= nanos;
    }

    /** Gives up on batches that have waited for others for so long. They keep the replica from nothing, so it goes on. */
    void giveUpLent(long nanos, long now) {
        List<BatchJob> late = lent.before(now - nanos);
        if (!late.isEmpty()) {
            long millis = TimeUnit.NANOSECONDS.toMillis(nanos);
            log.warn(
                    "{} batches of the replica {} have waited for other actors for more than {} ms and are given up"
                            + " (sluice.host.stuck-after).",
                    late.size(),
                    id,
                    millis);
            late.forEach(job -> job.giveUp(givenUp(millis)));
        }
    }

    private static Failure givenUp(long millis) {
        return new Failure(
                ErrorCode.FAILED, "The actor worked on this batch for more than " + millis + " ms and was given up.");
    }

    /** Gives up on a replica that is stuck; its thread is left to itself and ends when user code returns. */
    void retire(long stuckMillis) {
        retired = true;
        log.error(
                running == null && lent.isEmpty()
                        ? "The replica {} has not ended for more than {} ms and is left to itself (sluice.host.stuck-after)."
                        : "The replica {} has been working on one batch for more than {} ms and is replaced"
                                + " (sluice.host.stuck-after).",
                id,
                stuckMillis);
        Failure failure = givenUp(stuckMillis);
        // Out of the way first: the running batch may end with giving it up, and this one would be next.
        BatchJob next = staged;
        staged = null;
        if (running != null) {
            running.giveUp(failure);
        }
        lent.giveUp(failure);
        if (next != null) {
            next.refuse();
        }
        thread.stop();
        became(Announcement.State.FAILED, failure.message());
    }

    /** Whether nobody waits for its thread any more. */
    boolean isGivenUp() {
        return retired;
    }

    /**
     * Takes no more batches, and ends once those that it has are over.
     *
     * @param then on the host's event loop, when its instance is closed
     */
    void end(Runnable then) {
        if (!isEnding()) {
            gone = then;
            became(Announcement.State.STOPPING, "");
            finishIfIdle();
        }
    }

    boolean isEnding() {
        return gone != null;
    }

    private void finishIfIdle() {
        if (idle()) {
            finish();
        }
    }

    private void finish() {
        Runnable then = gone;
        finishedNanos = System.nanoTime();
        thread.stop();
        thread.ended()
                .thenRun(() -> context.loop().execute(() -> {
                    if (then != null) {
                        then.run();
                    }
                }));
    }

    /**
     * Ends the replica after what runs; the future completes when its instance is closed, and user code has heard that nobody waits for
     * what was still to come.
     */
    CompletableFuture<Void> stop() {
        retired = true;
        thread.stop();
        return thread.ended().thenCompose(closed -> cancels.done());
    }
}
