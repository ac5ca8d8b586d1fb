package dev.sluice.router.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.metrics.Retry;
import dev.sluice.router.testing.FakeLink.SentBatch;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a failing replica failed may be run by another one, as long as that is a small part of the traffic. */
class RetriesTest {

    private static final Duration RUN = Duration.ofMillis(10);

    private final RouterFixture router = new RouterFixture();
    private final FakeFrontend frontend = router.frontend("frontend");
    private final FakeHost well = router.host("well");
    private final FakeHost broken = router.host("broken");

    @AfterEach
    void nothingStays() {
        router.assertNothingStays();
    }

    private void run(ActorDescriptor actor) {
        well.runs(actor, "model-0");
        broken.runs(actor, "model-0");
    }

    private static ActorDescriptor model(boolean idempotent) {
        ActorDescriptor model = Actors.once("model", "1", Actors.method("call", 1, 0));
        return idempotent ? Actors.idempotent(model) : model;
    }

    /** After as long as a failing replica is left alone at most: it is asked too. */
    private long asked(String body) {
        router.time.advance(Duration.ofSeconds(3));
        return frontend.query("model", body);
    }

    /** Each query goes to the replica that has been idle for longest, so to one after the other. */
    private long answeredByTheWell(int queries) {
        for (int i = 0; i < queries; i++) {
            long query = asked("q" + i);
            List<SentBatch> there = well.batches();
            if (there.isEmpty()) {
                return query;
            }
            router.time.advance(RUN);
            well.answer(there.get(0), RUN);
        }
        throw new AssertionError("the broken one got nothing");
    }

    private void fail(SentBatch batch) {
        broken.fail(batch.items().get(0), ErrorCode.FAILED, "broken");
        broken.done(batch, Duration.ofNanos(1_000));
    }

    @Test
    void runsWhatAFailingReplicaFailedOnAnother() {
        run(model(true));
        answeredByTheWell(2);
        SentBatch first = broken.batch();
        for (int i = 0; i < 12; i++) {
            frontend.query("model", "more");
            well.answer(well.batch(), RUN);
        }
        fail(first);
        long query = answeredByTheWell(2);
        fail(broken.batch());
        assertThat(frontend.outcome(query)).isEmpty();
        well.answer(well.batch(), RUN);
        assertThat(frontend.outcome(query)).hasSize(1).first().asString().startsWith("re ");
        assertThat(router.metrics.retries).containsExactly(Retry.CHARGED);
    }

    @Test
    void passesTheFirstErrorOnWhereTheBudgetIsUsedUp() {
        run(model(true));
        answeredByTheWell(2);
        fail(broken.batch());
        long query = answeredByTheWell(2);
        fail(broken.batch());
        assertThat(frontend.outcome(query)).containsExactly("FAILED");
        assertThat(frontend.sentence(query)).isEqualTo("broken");
        assertThat(router.metrics.retries).containsExactly(Retry.REFUSED);
    }

    @Test
    void runsNothingTwiceThatMustNot() {
        run(model(false));
        for (int i = 0; i < 20; i++) {
            long query = answeredByTheWell(2);
            fail(broken.batch());
            assertThat(frontend.outcome(query)).containsExactly("FAILED");
        }
        assertThat(router.metrics.retries).isEmpty();
    }

    @Test
    void takesAFailureOfAHealthyReplicaForTheQuerysOwn() {
        run(model(true));
        for (int i = 0; i < 20; i++) {
            frontend.query("model", "fine");
            FakeHost host = i % 2 == 0 ? well : broken;
            host.answer(host.batch(), RUN);
        }
        long query = frontend.query("model", "poison");
        SentBatch batch = well.batch();
        well.fail(batch.items().get(0), ErrorCode.FAILED, "poisonous");
        well.done(batch, RUN);
        assertThat(frontend.outcome(query)).containsExactly("FAILED");
        assertThat(router.metrics.retries).isEmpty();
    }

    /** Control frames pass results on a link, so a batch's end may come before its failures. */
    @Test
    void leavesAReplicaAloneWhoseBatchesFailThoughTheirEndsComeFirst() {
        run(Actors.scheduled(model(true), "deadline"));
        int failed = 0;
        for (int i = 0; i < 50; i++) {
            frontend.query("model", "q" + i);
            router.time.advance(RUN);
            List<SentBatch> there = broken.batches();
            while (!there.isEmpty()) {
                broken.endsAndFails(there.get(0), Duration.ofNanos(1_000));
                failed++;
                there = broken.batches();
            }
            well.batches().forEach(batch -> well.answer(batch, RUN));
        }
        assertThat(failed).isBetween(1, 10);
    }

    @Test
    void keepsThemATenthOfTheTraffic() {
        run(model(true));
        int queries = 400;
        for (int i = 0; i < queries; i++) {
            asked("q" + i);
            List<SentBatch> there = broken.batches();
            while (!there.isEmpty()) {
                fail(there.get(0));
                there = broken.batches();
            }
            for (SentBatch batch : well.batches()) {
                well.answer(batch, RUN);
            }
        }
        int charged = Collections.frequency(router.metrics.retries, Retry.CHARGED);
        assertThat(charged).isBetween(queries / 20, queries / 10);
        assertThat(router.metrics.retries).contains(Retry.REFUSED);
    }
}
