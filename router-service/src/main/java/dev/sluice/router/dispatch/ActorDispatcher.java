package dev.sluice.router.dispatch;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.actor.MethodDescriptor;
import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.Failure;
import dev.sluice.common.membership.Announcement.Explored;
import dev.sluice.router.batching.Arrivals;
import dev.sluice.router.batching.MicroBatcher;
import dev.sluice.router.batching.QueueListener;
import dev.sluice.router.batching.Shard;
import dev.sluice.scheduling.Batch;
import dev.sluice.scheduling.Decision;
import dev.sluice.scheduling.Fleet;
import dev.sluice.scheduling.MethodLoad;
import dev.sluice.scheduling.Reason;
import dev.sluice.scheduling.Scheduler;
import dev.sluice.scheduling.SchedulerView;
import dev.sluice.scheduling.TrackedReplica;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;

/**
 * One version of one actor: its arrivals, the batcher over them, its replicas. Takes a batch from the batcher for each that a
 * replica can take, sends it, and sees every query in it to its outcome. All methods but those marked, and those of a {@link Destination}, run on the shard.
 */
final class ActorDispatcher extends BaseSubscriber<Batch> implements Destination, QueueListener<RoutedQuery> {

    /** Over how many batches a time is smoothed. */
    private static final int SMOOTHED = 8;

    private final Shard shard;
    private final DispatchSettings settings;
    private final Arrivals<RoutedQuery> arrivals = new Arrivals<>();
    private final MicroBatcher<RoutedQuery> batcher;
    private final ReplicaPool pool = new ReplicaPool();
    private final Fleet fleet = new Fleet();
    private final Retries retries;
    private final QueriesInFlight inFlight;
    private final BatchEnds ends;
    private final Outcomes outcomes;
    private final BatchSender sender;
    private final Hedging hedging;
    private volatile boolean replicaAwaited;
    private final Vacancy vacancy;
    private final Successor successor;
    private final Map<String, Long> typical = new ConcurrentHashMap<>();

    /** Methods of which batches waited for other actors. */
    private final Set<String> lent = new HashSet<>();

    private volatile ActorDescriptor descriptor;
    private long requested;

    /** Whether replicas have gone that batches were asked for, and the batcher is to be told when there is one again. */
    private boolean lacking;

    /**
     * @param successor where queries go on once this version has no replica any more
     * @throws IllegalArgumentException where the actor cannot be scheduled as it asks to be
     */
    ActorDispatcher(
            ActorDescriptor descriptor,
            Shard shard,
            DispatchSettings settings,
            DispatchMetrics metrics,
            Successor successor) {
        this.successor = successor;
        this.descriptor = descriptor;
        this.shard = shard;
        this.settings = settings;
        this.retries = new Retries(fleet, metrics);
        this.outcomes = new Outcomes(shard, metrics);
        this.hedging = new Hedging(fleet, outcomes, metrics);
        this.ends = new BatchEnds(fleet, metrics, outcomes.tally());
        this.inFlight = new QueriesInFlight(outcomes, hedging, retries, settings.mostStarts(), this::again);
        this.batcher = new MicroBatcher<>(
                arrivals, RoutedQuery.class, Schedulers.create(descriptor, settings, fleet), shard, this);
        this.sender = new BatchSender(fleet, retries, metrics, batcher::giveBack, outcomes::failed);
        this.vacancy = new Vacancy(shard, settings.holdNanos(), batcher::clear);
        batcher.subscribe(this);
        shard.execute(vacancy::begins);
    }

    @Override
    public ActorDescriptor descriptor() {
        return descriptor;
    }

    @Override
    public int replicaCount() {
        return pool.size();
    }

    /** How each replica serves. Any thread. */
    List<ReplicaConduct> conducts() {
        ActorDescriptor actor = descriptor;
        return pool.shown().stream().map(replica -> replica.conduct(actor)).toList();
    }

    /** How many batches could be sent now. Any thread. */
    int free() {
        return pool.free();
    }

    /** Queries of all methods that wait. Any thread; approximate. */
    int waiting() {
        return descriptor.methods().stream()
                .mapToInt(method -> batcher.size(method.name()))
                .sum();
    }

    /** Any thread; approximate. */
    MicroBatcher<RoutedQuery> batcher() {
        return batcher;
    }

    /** What is asked of its methods, looked up on the shard. Any thread. */
    CompletableFuture<List<MethodLoad>> loads() {
        return batcher.loads(fleet.profile());
    }

    /** What its scheduler has learnt and done, looked up on the shard. Any thread. */
    CompletableFuture<Learnt> learnt() {
        return batcher.view().thenApplyAsync(view -> new Learnt(view, retries.saved()), shard);
    }

    /**
     * What is known of the moment.
     *
     * @param retries that are saved up
     */
    record Learnt(SchedulerView view, double retries) {}

    @Override
    public Shard shard() {
        return shard;
    }

    @Override
    public Outcomes outcomes() {
        return outcomes;
    }

    @Override
    public void arrive(RoutedQuery query) {
        arrivals.arrive(query);
    }

    /** As of the last batch that ended: the profile itself is the shard's. */
    @Override
    public long typicalNanos(String method) {
        return typical.getOrDefault(method, 0L);
    }

    /** Of batches that wait for other actors the profile knows only how long they keep their replica. */
    private void took(String method, long nanos) {
        typical.merge(method, nanos, (before, now) -> before + (now - before) / SMOOTHED);
    }

    private void learnt(String method) {
        typical.put(method, fleet.profile().typicalNanos(method, 1));
    }

    @Override
    public void cancel(RoutedQuery query) {
        shard.execute(() -> {
            query.cancel();
            // It may have moved on meanwhile.
            query.dispatcher().end(query);
        });
    }

    @Override
    public void taken(RoutedQuery query, int items) {
        shard.execute(() -> query.dispatcher().inFlight.taken(query, items));
    }

    private void end(RoutedQuery cancelled) {
        if (!inFlight.cancel(cancelled)) {
            batcher.remove(cancelled);
        }
    }

    /** The queries that are in batches. */
    QueriesInFlight inFlight() {
        return inFlight;
    }

    @Override
    protected void hookOnSubscribe(Subscription subscription) {
        // Nothing is asked for before there is a replica.
    }

    @Override
    protected void hookOnNext(Batch batch) {
        requested--;
        Replica replica = chosen(batch);
        if (replica == null) {
            for (int i = 0; i < batch.size(); i++) {
                again((RoutedQuery) batch.get(i));
            }
        } else {
            sender.send(batch, replica, shard.now());
            changed(replica);
        }
    }

    @Override
    public void hedge(Decision.Hedge hedge) {
        requested--;
        if (hedge.late().id() instanceof Replica late
                && hedge.spare().id() instanceof Replica spare
                && !streams(late)) {
            hedging.hedge(late, spare, shard.now());
            changed(spare);
        }
    }

    /** Of a stream that two replicas made, the caller would get the items of both. */
    private boolean streams(Replica replica) {
        RunningBatch running = replica.running();
        return running != null
                && descriptor
                        .method(running.method())
                        .filter(MethodDescriptor::streaming)
                        .isPresent();
    }

    /** The replica that the scheduler chose, if it has one and that is still free. */
    private @Nullable Replica chosen(Batch batch) {
        TrackedReplica tracked = batch.replica();
        if (tracked != null && tracked.id() instanceof Replica replica && (replica.idle() || replica.hasRoomBehind())) {
            return replica;
        }
        return pool.next();
    }

    private void open(Replica replica) {
        replica.open();
        fleet.open(replica.tracked(), shard.now());
    }

    /** Opens the room behind a running batch when its time has come, and asks for as many batches as there is room. */
    private void changed(Replica replica) {
        if (replica.stageable()) {
            long delay = replica.stageAtNanos() - shard.now();
            if (delay <= 0) {
                open(replica);
            } else {
                RunningBatch running = replica.running();
                shard.schedule(delay, () -> {
                    if (replica.running() == running && replica.stageable()) {
                        open(replica);
                        ask(replica);
                    }
                });
            }
        }
        ask(replica);
    }

    private void ask(Replica replica) {
        pool.refresh(replica);
        long more = pool.free() - requested;
        if (more > 0) {
            requested += more;
            request(more);
        } else if (lacking && pool.free() > 0) {
            batcher.look();
        }
    }

    @Override
    public int room() {
        lacking = pool.free() < requested;
        return pool.free();
    }

    void batchDone(RunningBatch batch, long runNanos) {
        batch.recorded(null);
        ends.ended(batch, streams(batch.method()), runNanos, shard.now());
        batch.replica().show();
        if (batch.wasLent()) {
            lent.add(batch.method());
        }
        if (lent.contains(batch.method())) {
            // Of those too that had nothing to wait for this time: callers cannot tell which theirs will be.
            took(batch.method(), shard.now() - batch.sentNanos());
        } else {
            learnt(batch.method());
        }
        batch.replica().ended(batch, shard.now());
        changed(batch.replica());
    }

    /** What is still to come of the batch keeps its replica from nothing: it waits for other actors. */
    void batchLent(RunningBatch batch) {
        if (batch.replica().running() != batch) {
            return;
        }
        batch.lend();
        ends.lent(batch, shard.now());
        batch.replica().ended(batch, shard.now());
        changed(batch.replica());
    }

    private boolean streams(String method) {
        return descriptor.method(method).map(MethodDescriptor::streaming).orElse(false);
    }

    /** The host runs something else on this replica and did not start the batch: its queries keep their places. */
    void batchRefused(RunningBatch batch) {
        batch.recorded(ErrorCode.UNAVAILABLE);
        inFlight.refused(batch);
        fleet.refused(batch.replica().tracked());
        batch.replica().refused(batch, shard.now());
        changed(batch.replica());
    }

    private void again(RoutedQuery query) {
        query.unhedged();
        if (query.cancelled()) {
            outcomes.cancelled(query);
        } else if (pool.size() > 0 || !successor.takes(query)) {
            if (vacancy.isOver()) {
                outcomes.failed(query, Refusals.noReplica(descriptor.name()));
            } else {
                batcher.giveBack(query);
            }
        }
    }

    /**
     * @param kind of machine that the host is on
     * @param explored batches that it ran before it was ready
     */
    void replicaUp(HostLink host, String id, String kind, List<Explored> explored) {
        Replica replica = pool.add(host, id);
        if (replica != null) {
            replica.trackAs(fleet.join(replica, kind, shard.now()));
            for (Explored batch : explored) {
                // As a batch of this router would have been seen: with the way there and back.
                long nanos = batch.nanos() + host.link().roundTripNanos();
                fleet.explored(replica.tracked(), batch.method(), batch.rows(), nanos, shard.now());
                learnt(batch.method());
            }
            vacancy.ends();
            ask(replica);
        }
    }

    void replicaFree(HostLink host, String id) {
        Replica replica = pool.find(host, id);
        if (replica != null) {
            freed(replica);
            ask(replica);
        }
    }

    private void freed(Replica replica) {
        replica.free();
        if (replica.idle() && !replica.tracked().isFree()) {
            fleet.freed(replica.tracked(), shard.now());
        }
    }

    void replicaDown(HostLink host, String id) {
        Replica replica = pool.remove(host, id);
        if (replica != null) {
            fleet.leave(replica.tracked());
            // Others that were left alone may have to do now.
            batcher.look();
            if (pool.size() == 0) {
                vacancy.begins();
                batcher.sift(successor::takes);
            }
        }
    }

    /** Whether a replica is on its way, so that queries may wait for it. Any thread. */
    void awaitReplica(boolean comes) {
        if (comes != replicaAwaited) {
            replicaAwaited = comes;
            shard.execute(() -> vacancy.await(comes));
        }
    }

    /** Once in a while: tries replicas that others have kept busy for long. */
    void retryBusyReplicas() {
        for (Replica replica : List.copyOf(pool.all())) {
            if (replica.busyFor(settings.busyRetryNanos(), shard.now())) {
                freed(replica);
                ask(replica);
            }
        }
    }

    /**
     * A host announced the actor; settings that changed hold from now on. Any thread.
     *
     * @throws IllegalArgumentException where the actor cannot be scheduled as it asks to be
     */
    void describe(ActorDescriptor next) {
        if (!next.equals(descriptor)) {
            Schedulers.check(next, settings);
            shard.execute(() -> {
                // Here, since what is known of batch times belongs to the shard.
                Scheduler scheduler = Schedulers.create(next, settings, fleet);
                // In this order: who knows of a new method comes behind the scheduler that knows it too.
                batcher.replaceScheduler(scheduler);
                descriptor = next;
            });
        }
    }

    @Override
    public void shed(RoutedQuery query, Reason why) {
        Failure failure = Refusals.of(why, descriptor.name(), drainNanos());
        long budget = query.deadlineNanos() - query.arrivedNanos();
        if (why == Reason.UNMEETABLE && budget < fleet.profile().typicalNanos(query.method(), query.rows())) {
            outcomes.hopeless(query, failure);
        } else {
            outcomes.failed(query, failure);
        }
    }

    /** In what time what waits is likely to be worked off; 0 where nothing is known of that. */
    private long drainNanos() {
        long predicted = batcher.drainNanos();
        if (predicted > 0) {
            return predicted;
        }
        long work = 0;
        for (MethodDescriptor method : descriptor.methods()) {
            int size = batcher.size(method.name());
            int batches = (size + method.maxBatchSize() - 1) / method.maxBatchSize();
            work += batches
                    * fleet.profile().typicalNanos(method.name(), Math.max(1, Math.min(size, method.maxBatchSize())));
        }
        return work / Math.max(1, pool.size());
    }

    @Override
    public void waiting(RoutedQuery query) {
        if (vacancy.isOver() || pool.size() == 0 && successor.isThereFor(query)) {
            batcher.remove(query);
        } else {
            query.settleIn();
        }
    }

    @Override
    public void removed(RoutedQuery query) {
        if (query.cancelled()) {
            outcomes.cancelled(query);
        } else if (descriptor.method(query.method()).isEmpty()) {
            outcomes.failed(query, Refusals.noMethod(descriptor.name(), query.method()));
        } else if (pool.size() > 0 || !successor.takes(query)) {
            outcomes.failed(query, Refusals.noReplica(descriptor.name()));
        }
    }
}
