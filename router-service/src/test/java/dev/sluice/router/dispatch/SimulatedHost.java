package dev.sluice.router.dispatch;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.membership.Announcement;
import dev.sluice.common.membership.Announcement.State;
import dev.sluice.common.membership.MembershipJson;
import dev.sluice.common.wire.Frame;
import dev.sluice.common.wire.ResultFrame.Kind;
import dev.sluice.router.testing.FakeLink;
import dev.sluice.router.testing.FakeLink.SentBatch;
import dev.sluice.router.testing.FakeLink.SentItem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A host that behaves by the rules: one batch per replica and one staged, busy for all else, and now and then for one that
 * another router would have given it. Counts how often each query was started.
 */
final class SimulatedHost {

    private static final class Place {
        @Nullable SentBatch running;

        @Nullable SentBatch staged;

        /** Wait for other actors. */
        final List<SentBatch> lent = new ArrayList<>();

        boolean elsewhere;
        boolean refused;
    }

    final FakeLink link;
    private final Payloads payloads;
    private final Random random;
    private final List<ActorDescriptor> actors;
    private final Map<String, Place> replicas = new HashMap<>();
    private final Map<String, ActorDescriptor> actorOf = new HashMap<>();
    private final Set<Long> cancelled = new HashSet<>();
    private final Map<String, Integer> starts;
    private boolean draining;
    private int born;

    SimulatedHost(
            Payloads payloads,
            FakeLink link,
            Random random,
            List<ActorDescriptor> actors,
            Map<String, Integer> starts) {
        this.payloads = payloads;
        this.link = link;
        this.random = random;
        this.actors = actors;
        this.starts = starts;
    }

    boolean alive() {
        return link.isOpen();
    }

    /** Some replicas come and go. */
    void reshuffle() {
        if (!alive()) {
            return;
        }
        if (random.nextBoolean() && !replicas.isEmpty()) {
            String gone = List.copyOf(replicas.keySet()).get(random.nextInt(replicas.size()));
            if (replicas.get(gone).running == null && replicas.get(gone).lent.isEmpty()) {
                replicas.remove(gone);
                actorOf.remove(gone);
            }
        } else {
            ActorDescriptor actor = actors.get(random.nextInt(actors.size()));
            String id = actor.name() + "-" + born++;
            replicas.put(id, new Place());
            actorOf.put(id, actor);
        }
        announce();
    }

    void drain() {
        if (alive()) {
            draining = true;
            announce();
        }
    }

    private void announce() {
        List<Announcement.Replica> ready = new ArrayList<>();
        actorOf.forEach(
                (id, actor) -> ready.add(new Announcement.Replica(id, actor.name(), actor.version(), State.READY, "")));
        Announcement announcement = new Announcement(8, draining, actors, ready);
        link.receive(new Frame.Announce(MembershipJson.write(announcement)));
    }

    /** Reads what the router sent. */
    void read() {
        if (!alive()) {
            return;
        }
        link.take(Frame.Cancel.class).forEach(cancel -> cancelled.add(cancel.exchange()));
        link.take(SentBatch.class).forEach(this::offered);
    }

    private void offered(SentBatch batch) {
        Place place = replicas.get(batch.replica());
        if (place != null && place.running != null && place.staged != null) {
            throw new AssertionError("a third batch for a replica that has two");
        }
        if (batch.items().isEmpty()) {
            link.receive(new Frame.Done(batch.number(), 0));
        } else if (place != null && place.running == null && !place.elsewhere && random.nextInt(20) > 0) {
            start(place, batch);
        } else if (place != null && place.running != null && place.staged == null && batch.staged()) {
            place.staged = batch;
        } else {
            link.receive(new Frame.Busy(batch.number()));
            if (place != null) {
                place.elsewhere |= place.running == null;
                place.refused = true;
            }
        }
    }

    private void start(Place place, SentBatch batch) {
        place.running = batch;
        link.receive(new Frame.Started(batch.number()));
        for (SentItem item : batch.items()) {
            if (!cancelled.contains(item.exchange())) {
                starts.merge(item.body(), 1, Integer::sum);
            }
        }
    }

    /** Something ends: a batch, or what another router had given. */
    void work() {
        if (replicas.isEmpty() || !alive()) {
            return;
        }
        String id = List.copyOf(replicas.keySet()).get(random.nextInt(replicas.size()));
        Place place = replicas.get(id);
        SentBatch running = place.running;
        if (running != null) {
            int what = random.nextInt(20);
            if (what < 2) {
                item(running);
            } else if (what < 6) {
                lend(id, place, running);
            } else {
                end(running);
                next(id, place);
            }
        } else if (!place.lent.isEmpty()) {
            end(place.lent.remove(random.nextInt(place.lent.size())));
        } else if (place.elsewhere) {
            place.elsewhere = false;
            tellFree(id, place);
        }
    }

    /** One result of several, of a query that goes on. */
    private void item(SentBatch batch) {
        SentItem item = batch.items().get(random.nextInt(batch.items().size()));
        if (!cancelled.contains(item.exchange())) {
            link.receive(payloads.result(item.exchange(), Kind.ITEM, item.body()));
        }
    }

    private void lend(String id, Place place, SentBatch batch) {
        link.receive(new Frame.Lent(batch.number()));
        place.lent.add(batch);
        next(id, place);
    }

    private void end(SentBatch batch) {
        boolean doneFirst = random.nextBoolean();
        Frame done = new Frame.Done(batch.number(), 500_000 + random.nextInt(1_000_000));
        if (doneFirst) {
            link.receive(done);
        }
        for (SentItem item : batch.items()) {
            if (!cancelled.remove(item.exchange())) {
                outcome(item);
            }
        }
        if (!doneFirst) {
            link.receive(done);
        }
    }

    private void next(String id, Place place) {
        place.running = null;
        SentBatch next = place.staged;
        place.staged = null;
        if (next != null) {
            start(place, next);
        } else {
            tellFree(id, place);
        }
    }

    private void outcome(SentItem item) {
        int way = random.nextInt(10);
        if (way == 0) {
            link.receive(new Frame.Failed(item.exchange(), ErrorCode.FAILED.number(), 0, "threw"));
        } else {
            Kind kind = way == 1 ? Kind.END : Kind.ONLY;
            link.receive(payloads.result(item.exchange(), kind, way == 1 ? "" : item.body()));
        }
    }

    private void tellFree(String id, Place place) {
        if (place.refused) {
            place.refused = false;
            link.receive(new Frame.Load(List.of(id)));
        }
    }

    void die() {
        link.close("killed");
    }
}
