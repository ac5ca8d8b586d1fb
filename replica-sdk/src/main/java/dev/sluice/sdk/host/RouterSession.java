package dev.sluice.sdk.host;

import dev.sluice.common.link.Link;
import dev.sluice.common.link.LinkReceiver;
import dev.sluice.common.membership.MembershipJson;
import dev.sluice.common.placement.Placement;
import dev.sluice.common.wire.BatchFrame;
import dev.sluice.common.wire.BatchItem;
import dev.sluice.common.wire.Cargo;
import dev.sluice.common.wire.Frame;
import dev.sluice.common.wire.FrameException;
import dev.sluice.common.wire.ResultFrame;
import io.netty.util.collection.LongObjectHashMap;
import io.netty.util.collection.LongObjectMap;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/** One router's link: its batches and what it takes back. On the host's event loop. */
final class RouterSession implements LinkReceiver {

    private final Link link;
    private final ReplicaSet replicas;
    private final Consumer<Placement> placements;
    private final RouterCalls calls;
    private final LongObjectMap<BatchJob> jobs = new LongObjectHashMap<>();

    /**
     * @param placements told what the router wants of this host
     * @param calls that actors make over this link, among others
     */
    RouterSession(Link link, ReplicaSet replicas, Consumer<Placement> placements, RouterCalls calls) {
        this.link = link;
        this.replicas = replicas;
        this.placements = placements;
        this.calls = calls;
    }

    @Override
    public void received(Frame frame) {
        if (frame instanceof BatchFrame batch) {
            accept(batch);
        } else if (frame instanceof Frame.Cancel cancel) {
            BatchJob job = jobs.remove(cancel.exchange());
            if (job != null) {
                job.cancel(cancel.exchange());
            }
        } else if (frame instanceof Frame.Taken taken) {
            BatchJob job = jobs.get(taken.exchange());
            if (job != null) {
                job.taken(taken.exchange(), taken.items());
            }
        } else if (frame instanceof Frame.Place place) {
            place(place);
        } else if (frame instanceof ResultFrame result) {
            calls.answered(link, result);
        } else if (frame instanceof Frame.Failed failed) {
            calls.failed(link, failed);
        } else if (frame instanceof Frame.Drain) {
            calls.draining(link);
        } else if (frame instanceof Cargo cargo) {
            cargo.release();
            link.close("the router sent a query, and a host takes batches");
        }
    }

    private void place(Frame.Place place) {
        try {
            placements.accept(MembershipJson.read(place.json(), Placement.class));
        } catch (FrameException e) {
            link.close("the router sent " + e.getMessage());
        }
    }

    private void accept(BatchFrame batch) {
        HostedReplica replica = replicas.find(batch.replica());
        if (replica == null || batch.items().isEmpty()) {
            batch.release();
            link.send(batch.items().isEmpty() ? new Frame.Done(batch.batch(), 0) : new Frame.Busy(batch.batch()));
            return;
        }
        BatchJob[] self = new BatchJob[1];
        BatchJob job = new BatchJob(
                batch, link, replica.meters(batch.method()), replica.cancels(), last -> ended(self[0], replica, last));
        job.records(replica.spans());
        self[0] = job;
        if (replica.offer(job)) {
            for (BatchItem item : batch.items()) {
                jobs.put(item.exchange(), job);
            }
        }
    }

    private void ended(BatchJob job, HostedReplica replica, Frame last) {
        replica.ended(job, () -> {
            for (BatchItem item : job.frame().items()) {
                jobs.remove(item.exchange());
            }
            link.send(last);
        });
    }

    @Override
    public void closed(String reason) {
        calls.closed(link);
        Set<BatchJob> open = new HashSet<>(jobs.values());
        jobs.clear();
        open.forEach(BatchJob::cancelAll);
        replicas.forget(link);
    }
}
