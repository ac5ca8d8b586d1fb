package dev.sluice.router.dispatch;

import static dev.sluice.router.dispatch.FakeHost.bodies;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.actor.ActorScheduling;
import dev.sluice.common.actor.MethodDescriptor;
import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.ErrorCode.Outcome;
import dev.sluice.common.membership.Announcement;
import dev.sluice.common.membership.Announcement.Explored;
import dev.sluice.common.membership.Announcement.State;
import dev.sluice.common.report.QueryReport;
import dev.sluice.common.wire.Frame;
import dev.sluice.common.wire.ResultFrame.Kind;
import dev.sluice.router.testing.FakeLink.SentBatch;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A batch that is late runs on a second replica too, and the first answer counts. */
class HedgingTest {

    private static final Duration RUN = Duration.ofMillis(10);
    private static final Duration LATE = Duration.ofMillis(40);

    private final RouterFixture router = new RouterFixture();
    private final FakeFrontend frontend = router.frontend("frontend");
    private final FakeHost slow = router.host("slow");
    private final FakeHost spare = router.host("spare");
    private SentBatch first;

    @AfterEach
    void nothingStays() {
        router.assertNothingStays();
    }

    private static ActorDescriptor model(boolean idempotent, boolean hedging) {
        return model(idempotent, hedging, Actors.method("call", 1, 0));
    }

    private static ActorDescriptor model(boolean idempotent, boolean hedging, MethodDescriptor call) {
        ActorScheduling asked = new ActorScheduling(
                Optional.empty(), Optional.of(hedging), Optional.of(1.0), Map.of(), Optional.empty(), Optional.empty());
        return new ActorDescriptor("model", "1", idempotent, 1_000, "deadline", "", List.of(call), Optional.of(asked));
    }

    /** Both replicas are known to take {@link #RUN}, the slow one has a query, and nothing comes of it. */
    private long late(ActorDescriptor actor) {
        List<Explored> explored = Collections.nCopies(20, new Explored("call", 1, RUN.toNanos()));
        for (FakeHost host : List.of(slow, spare)) {
            host.announce(
                    false,
                    List.of(actor),
                    List.of(new Announcement.Replica("model-0", "model", "1", State.READY, "", explored)));
        }
        long query = 0;
        for (int i = 0; i < 8 && first == null; i++) {
            query = frontend.query("model", "q");
            List<SentBatch> here = slow.batches();
            if (i > 3 && !here.isEmpty()) {
                first = here.get(0);
            } else {
                router.time.advance(RUN.minusMillis(1));
                for (SentBatch batch : here) {
                    slow.answer(batch, RUN);
                }
                for (SentBatch batch : spare.batches()) {
                    spare.answer(batch, RUN);
                }
            }
        }
        assertThat(first).isNotNull();
        router.time.advance(LATE);
        return query;
    }

    private long hedged() {
        return late(model(true, true));
    }

    /** Its caller would get the items of both. */
    @Test
    void sendsNoStreamTwice() {
        late(model(true, true, new MethodDescriptor("call", false, 1, 0, true, "int", "int")));
        assertThat(spare.batches()).isEmpty();
        slow.answer(first, LATE);
    }

    private static long exchange(SentBatch batch) {
        return batch.items().get(0).exchange();
    }

    @Test
    void answersWithTheSecondWhereThatIsFirstAndCancelsTheOther() {
        long query = hedged();
        SentBatch copy = spare.batch();
        assertThat(bodies(copy)).containsExactly("q");
        spare.answer(copy, RUN);
        assertThat(frontend.outcome(query)).containsExactly("re q");
        assertThat(slow.link.written(Frame.Cancel.class)).containsExactly(new Frame.Cancel(exchange(first)));
        slow.done(first, LATE);
        assertThat(router.metrics.hedges).hasValue(1);
        assertThat(router.metrics.retries).isEmpty();
    }

    @Test
    void reportsTheReplicaThatAnswered() {
        long query = hedged();
        SentBatch copy = spare.batch();
        slow.link.receive(new Frame.Spent(exchange(first), 0, LATE.toNanos()));
        spare.link.receive(new Frame.Spent(exchange(copy), 0, RUN.toNanos()));
        router.time.run();
        slow.answer(first, LATE);
        QueryReport report = frontend.link.written(Frame.Report.class).stream()
                .filter(each -> each.exchange() == query)
                .map(each -> QueryReport.decode(each.report()))
                .findFirst()
                .orElseThrow();
        assertThat(report.batch()).isNotNull();
        assertThat(report.batch().host()).isEqualTo("slow");
        assertThat(report.batch().ran()).isNull();
        spare.done(copy, RUN);
    }

    @Test
    void answersWithTheFirstWhereThatIsFirstAndCancelsTheSecond() {
        long query = hedged();
        SentBatch copy = spare.batch();
        slow.answer(first, LATE);
        assertThat(frontend.outcome(query)).containsExactly("re q");
        assertThat(spare.link.written(Frame.Cancel.class)).containsExactly(new Frame.Cancel(exchange(copy)));
        spare.done(copy, RUN);
    }

    @Test
    void endsOnceWhereBothAnswersAreUnderWay() {
        long query = hedged();
        SentBatch copy = spare.batch();
        int before = router.metrics.all();
        slow.link.receive(router.payloads.result(exchange(first), Kind.ONLY, "one"));
        spare.link.receive(router.payloads.result(exchange(copy), Kind.ONLY, "two"));
        router.time.run();
        assertThat(frontend.outcome(query)).containsExactly("one");
        assertThat(router.metrics.all()).isEqualTo(before + 1);
    }

    @Test
    void waitsForTheOtherWhereOneFails() {
        long query = hedged();
        SentBatch copy = spare.batch();
        spare.fail(copy.items().get(0), ErrorCode.FAILED, "broken");
        assertThat(frontend.outcome(query)).isEmpty();
        slow.answer(first, LATE);
        assertThat(frontend.outcome(query)).containsExactly("re q");
    }

    @Test
    void failsWhereBothFail() {
        long query = hedged();
        SentBatch copy = spare.batch();
        slow.fail(first.items().get(0), ErrorCode.FAILED, "broken");
        spare.fail(copy.items().get(0), ErrorCode.FAILED, "broken too");
        assertThat(frontend.outcome(query)).containsExactly("FAILED");
        assertThat(frontend.sentence(query)).isEqualTo("broken too");
    }

    @Test
    void goesOnWithTheOtherWhereAHostIsLost() {
        long query = hedged();
        SentBatch copy = spare.batch();
        slow.close();
        assertThat(frontend.outcome(query)).isEmpty();
        assertThat(spare.batches()).isEmpty();
        spare.answer(copy, RUN);
        assertThat(frontend.outcome(query)).containsExactly("re q");
    }

    @Test
    void startsAgainWhereBothHostsAreLost() {
        long query = hedged();
        slow.close();
        spare.close();
        assertThat(frontend.outcome(query)).isEmpty();
        FakeHost third = router.host("third").runs(model(true, true), "model-0");
        third.answer(third.batch(), RUN);
        assertThat(frontend.outcome(query)).containsExactly("re q");
    }

    @Test
    void goesOnWhereTheSpareIsBusyForAnotherRouter() {
        long query = hedged();
        spare.busy(spare.batch());
        assertThat(frontend.outcome(query)).isEmpty();
        slow.answer(first, LATE);
        assertThat(frontend.outcome(query)).containsExactly("re q");
    }

    @Test
    void cancelsBothForACallerWhoLeft() {
        long query = hedged();
        SentBatch copy = spare.batch();
        frontend.cancel(query);
        assertThat(slow.link.written(Frame.Cancel.class)).containsExactly(new Frame.Cancel(exchange(first)));
        assertThat(spare.link.written(Frame.Cancel.class)).containsExactly(new Frame.Cancel(exchange(copy)));
        assertThat(router.metrics.count(Outcome.CANCELLED)).isEqualTo(1);
        slow.done(first, LATE);
        spare.done(copy, RUN);
    }

    @Test
    void runsNothingTwiceThatMustNot() {
        late(model(false, true));
        assertThat(spare.batches()).isEmpty();
        slow.answer(first, LATE);
    }

    @Test
    void isOffUnlessItIsAskedFor() {
        late(Actors.idempotent(Actors.scheduled(Actors.once("model", "1", Actors.method("call", 1, 0)), "deadline")));
        assertThat(spare.batches()).isEmpty();
        slow.answer(first, LATE);
    }
}
