package dev.sluice.router.dispatch;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.ErrorCode.Outcome;
import dev.sluice.common.error.Failure;
import dev.sluice.common.wire.BatchFrame;
import dev.sluice.common.wire.BatchItem;
import dev.sluice.common.wire.ResultFrame;
import dev.sluice.router.batching.Arrivals;
import dev.sluice.router.batching.MicroBatcher;
import dev.sluice.router.batching.QueueListener;
import dev.sluice.router.batching.Shard;
import dev.sluice.scheduling.Batch;
import dev.sluice.scheduling.BatchTimes;
import dev.sluice.scheduling.Reason;
import java.util.ArrayList;
import java.util.List;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;

/**
 * One version of one actor: its arrivals, the batcher over them, its replicas. Takes a batch from the batcher for each that a
 * replica can take, sends it, and sees every query in it to its outcome. All methods but those marked run on the shard.
 */
final class ActorDispatcher extends BaseSubscriber<Batch> implements QueueListener<RoutedQuery> {

    private final Shard shard;
    private final DispatchSettings settings;
    private final DispatchMetrics metrics;
    private final Arrivals<RoutedQuery> arrivals = new Arrivals<>();
    private final MicroBatcher<RoutedQuery> batcher;
    private final ReplicaPool pool = new ReplicaPool();
    private final BatchTimes times = new BatchTimes();
    private volatile ActorDescriptor descriptor;
    private volatile int replicaCount;
    private volatile boolean abandoned;
    private long emptySinceNanos;
    private long requested;

    ActorDispatcher(ActorDescriptor descriptor, Shard shard, DispatchSettings settings, DispatchMetrics metrics) {
        this.descriptor = descriptor;
        this.shard = shard;
        this.settings = settings;
        this.metrics = metrics;
        this.batcher = new MicroBatcher<>(
                arrivals, RoutedQuery.class, Schedulers.create(descriptor, settings.limits()), shard, this);
        batcher.subscribe(this);
    }

    /** Any thread. */
    ActorDescriptor descriptor() {
        return descriptor;
    }

    /** Any thread. */
    int replicaCount() {
        return replicaCount;
    }

    /** Any thread; approximate. */
    MicroBatcher<RoutedQuery> batcher() {
        return batcher;
    }

    Shard shard() {
        return shard;
    }

    ReplicaPool pool() {
        return pool;
    }

    BatchTimes times() {
        return times;
    }

    /** Any thread. */
    void arrive(RoutedQuery query) {
        if (abandoned) {
            end(query, noReplica());
        } else {
            arrivals.arrive(query);
        }
    }

    private Failure noReplica() {
        return new Failure(
                ErrorCode.UNAVAILABLE,
                "No host runs the actor '" + descriptor.name() + "' at the moment; start one, or try again later.",
                1000);
    }

    /** Any thread: the caller is gone. */
    void cancel(RoutedQuery query) {
        shard.execute(() -> {
            query.cancel();
            batcher.remove(query);
            HostLink host = query.host();
            BatchItem item = query.item();
            if (host != null && item != null && host.take(item.exchange()) != null) {
                host.link().cancel(item.exchange(), item);
                end(query, Outcome.CANCELLED);
            }
        });
    }

    @Override
    protected void hookOnSubscribe(Subscription subscription) {
        emptySinceNanos = shard.now();
    }

    @Override
    protected void hookOnNext(Batch batch) {
        requested--;
        Replica replica = pool.take();
        if (replica == null) {
            for (int i = 0; i < batch.size(); i++) {
                batcher.giveBack((RoutedQuery) batch.get(i));
            }
            return;
        }
        send(batch, replica);
        replicaChanged(replica);
    }

    private void send(Batch batch, Replica replica) {
        HostLink host = replica.host();
        long now = shard.now();
        List<BatchItem> items = new ArrayList<>(batch.size());
        for (int i = 0; i < batch.size(); i++) {
            RoutedQuery query = (RoutedQuery) batch.get(i);
            long exchange = host.nextNumber();
            items.add(query.dispatchedTo(host, exchange, now));
            host.put(exchange, query);
            metrics.waited(now - query.arrivedNanos());
        }
        long predicted = times.predict(batch.method(), batch.size()).orElse(0);
        RunningBatch running = new RunningBatch(host.nextNumber(), replica, batch, predicted);
        host.put(running);
        boolean staged = replica.started(running, now);
        metrics.batchSent(batch.size());
        host.link().send(new BatchFrame(running.number(), staged, replica.id(), batch.method(), items));
    }

    /** Opens the room behind a running batch when its time has come, and asks for as many batches as there is room. */
    private void replicaChanged(Replica replica) {
        if (replica.stageable()) {
            long delay = replica.stageAtNanos() - shard.now();
            if (delay <= 0) {
                replica.offer();
            } else {
                RunningBatch running = replica.running();
                shard.schedule(delay, () -> {
                    if (replica.running() == running && replica.stageable()) {
                        replica.offer();
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
        }
    }

    void batchDone(RunningBatch batch, long runNanos) {
        times.record(batch.batch().method(), batch.batch().size(), runNanos);
        metrics.batchDone(batch.batch().size(), runNanos, batch.predictedNanos());
        batch.replica().ended(batch, shard.now());
        replicaChanged(batch.replica());
    }

    /** The host runs something else on this replica and did not start the batch: its queries keep their places. */
    void batchRefused(RunningBatch batch) {
        HostLink host = batch.replica().host();
        for (int i = 0; i < batch.batch().size(); i++) {
            RoutedQuery query = (RoutedQuery) batch.batch().get(i);
            BatchItem item = query.item();
            if (query.host() == host && item != null && host.take(item.exchange()) != null) {
                query.didNotStart();
                again(query);
            }
        }
        batch.replica().refused(batch, shard.now());
        replicaChanged(batch.replica());
    }

    private void again(RoutedQuery query) {
        if (query.cancelled()) {
            end(query, Outcome.CANCELLED);
        } else if (abandoned) {
            end(query, noReplica());
        } else {
            batcher.giveBack(query);
        }
    }

    /** The link to the host is gone, and this query was with it. */
    void lost(RoutedQuery query, String host) {
        if (query.cancelled()) {
            end(query, Outcome.CANCELLED);
        } else if (!query.mayHaveStarted()) {
            query.didNotStart();
            again(query);
        } else if (query.repeatable(descriptor.idempotent(), settings.mostStarts())) {
            again(query);
        } else {
            end(query, new Failure(ErrorCode.LOST, lostSentence(host)));
        }
    }

    private String lostSentence(String host) {
        return descriptor.idempotent()
                ? "The host " + host + " was lost while it worked on this query, and others before it."
                : "The host " + host + " was lost while it may have worked on this query, and the actor '"
                        + descriptor.name() + "' is not marked idempotent; decide whether to send it again.";
    }

    void replicaUp(HostLink host, String id) {
        if (pool.add(host, id)) {
            replicaCount = pool.all().size();
            abandoned = false;
            Replica replica = pool.find(host, id);
            if (replica != null) {
                ask(replica);
            }
        }
    }

    void replicaFree(HostLink host, String id) {
        Replica replica = pool.find(host, id);
        if (replica != null) {
            replica.free();
            ask(replica);
        }
    }

    void replicaDown(HostLink host, String id) {
        if (pool.remove(host, id) != null) {
            replicaCount = pool.all().size();
            if (pool.isEmpty()) {
                emptySinceNanos = shard.now();
                shard.schedule(settings.holdNanos(), this::giveUpIfEmpty);
            }
        }
    }

    private void giveUpIfEmpty() {
        if (pool.isEmpty() && shard.now() - emptySinceNanos >= settings.holdNanos()) {
            abandoned = true;
            batcher.clear();
        }
    }

    /** Once in a while: tries replicas that others have kept busy for long. */
    void retryBusyReplicas() {
        for (Replica replica : List.copyOf(pool.all())) {
            if (replica.busyFor(settings.busyRetryNanos(), shard.now())) {
                replica.free();
                ask(replica);
            }
        }
    }

    /** A host announced the actor; settings that changed hold from now on. */
    void describe(ActorDescriptor next) {
        if (!next.equals(descriptor)) {
            descriptor = next;
            batcher.replaceScheduler(Schedulers.create(next, settings.limits()));
        }
    }

    /** Any thread, by the owner of the query: a result. */
    void answered(RoutedQuery query, ResultFrame result) {
        query.origin().pass(query, result);
        end(query, Outcome.ANSWERED);
    }

    /** Any thread: ends a query that this caller owns without a result. */
    void end(RoutedQuery query, Failure failure) {
        if (failure.code().outcome() != Outcome.CANCELLED) {
            query.origin().fail(query, failure);
        }
        end(query, failure.code().outcome());
    }

    private void end(RoutedQuery query, Outcome outcome) {
        query.origin().forget(query);
        metrics.ended(outcome, shard.now() - query.arrivedNanos());
    }

    @Override
    public void shed(RoutedQuery query, Reason why) {
        end(query, Refusals.of(why, descriptor.name()));
    }

    @Override
    public void waiting(RoutedQuery query) {
        query.settleIn();
    }

    @Override
    public void removed(RoutedQuery query) {
        if (query.cancelled()) {
            end(query, Outcome.CANCELLED);
        } else {
            end(query, noReplica());
        }
    }
}
