package dev.sluice.router.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.membership.Announcement;
import dev.sluice.common.membership.Announcement.State;
import dev.sluice.common.membership.MembershipJson;
import dev.sluice.common.wire.Frame;
import dev.sluice.common.wire.ResultFrame;
import dev.sluice.router.testing.FakeLink;
import dev.sluice.router.testing.FakeLink.SentBatch;
import dev.sluice.router.testing.FakeLink.SentItem;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** A host as a router sees it, which does what the test says. */
final class FakeHost {

    final FakeLink link;
    private final RouterFixture router;

    FakeHost(RouterFixture router, FakeLink link) {
        this.router = router;
        this.link = link;
    }

    /** Announces ready replicas of one actor. */
    FakeHost runs(ActorDescriptor actor, String... replicas) {
        announce(
                false,
                List.of(actor),
                Stream.of(replicas).map(id -> ready(actor, id)).toList());
        return this;
    }

    static Announcement.Replica ready(ActorDescriptor actor, String id) {
        return new Announcement.Replica(id, actor.name(), actor.version(), State.READY, "");
    }

    void announce(boolean draining, List<ActorDescriptor> actors, List<Announcement.Replica> replicas) {
        announce(new Announcement(8, draining, actors, replicas));
    }

    void announce(Announcement announcement) {
        link.receive(new Frame.Announce(MembershipJson.write(announcement)));
        router.time.run();
    }

    /** The batches that came and were not taken yet. */
    List<SentBatch> batches() {
        return link.take(SentBatch.class);
    }

    /** The one batch that came. */
    SentBatch batch() {
        List<SentBatch> batches = batches();
        assertThat(batches).hasSize(1);
        return batches.get(0);
    }

    static List<String> bodies(SentBatch batch) {
        return batch.items().stream().map(SentItem::body).toList();
    }

    /** Answers all queries of the batch, and is done with it after this time. */
    void answer(SentBatch batch, Duration ran) {
        batch.items().forEach(this::answer);
        done(batch, ran);
    }

    void answer(SentBatch batch) {
        answer(batch, Duration.ofMillis(1));
    }

    void answer(SentItem item) {
        result(item, ResultFrame.Kind.ONLY, "re " + item.body());
    }

    void result(SentItem item, ResultFrame.Kind kind, String body) {
        link.receive(router.payloads.result(item.exchange(), kind, body));
        router.time.run();
    }

    void answerJson(SentBatch batch, String body) {
        batch.items()
                .forEach(item -> link.receive(
                        router.payloads.result(item.exchange(), ResultFrame.Kind.ONLY, "application/json", body)));
        done(batch, Duration.ofMillis(1));
    }

    void fail(SentItem item, ErrorCode code, String message) {
        link.receive(new Frame.Failed(item.exchange(), code.number(), 0, message));
        router.time.run();
    }

    /** The end of the batch overtakes its failures on the link. */
    void endsAndFails(SentBatch batch, Duration ran) {
        link.receive(new Frame.Done(batch.number(), ran.toNanos()));
        for (SentItem item : batch.items()) {
            link.receive(new Frame.Failed(item.exchange(), ErrorCode.FAILED.number(), 0, "broken"));
        }
        router.time.run();
    }

    void done(SentBatch batch, Duration ran) {
        link.receive(new Frame.Done(batch.number(), ran.toNanos()));
        router.time.run();
    }

    void busy(SentBatch batch) {
        link.receive(new Frame.Busy(batch.number()));
        router.time.run();
    }

    void free(String... replicas) {
        link.receive(new Frame.Load(List.of(replicas)));
        router.time.run();
    }

    void close() {
        link.close("the host is gone");
        router.time.run();
    }
}
