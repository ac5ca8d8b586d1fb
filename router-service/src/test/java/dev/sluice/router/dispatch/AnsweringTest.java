package dev.sluice.router.dispatch;

import static dev.sluice.router.dispatch.FakeHost.bodies;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.ErrorCode.Outcome;
import dev.sluice.common.wire.BatchFrame;
import dev.sluice.common.wire.Frame;
import dev.sluice.common.wire.ResultFrame.Kind;
import dev.sluice.common.wire.Role;
import dev.sluice.router.testing.FakeLink;
import dev.sluice.router.testing.FakeLink.SentBatch;
import dev.sluice.router.testing.FakeLink.SentResult;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AnsweringTest {

    private final RouterFixture router = new RouterFixture();
    private final FakeFrontend frontend = router.frontend("frontend");
    private final FakeHost host = router.host("host");

    @AfterEach
    void nothingStays() {
        router.assertNothingStays();
    }

    @Test
    void takesAQueryToAReplicaAndItsResultBack() {
        host.runs(Actors.echo(), "echo-0");
        long query = frontend.query("echo", "hello");
        SentBatch batch = host.batch();
        assertThat(batch.replica()).isEqualTo("echo-0");
        assertThat(batch.method()).isEqualTo("call");
        assertThat(batch.staged()).isFalse();
        assertThat(bodies(batch)).containsExactly("hello");
        assertThat(router.links.inFlight()).isEqualTo(1);

        host.answer(batch);
        assertThat(frontend.outcome(query)).containsExactly("re hello");
        assertThat(frontend.link.written(SentResult.class))
                .containsExactly(new SentResult(query, Kind.ONLY, "text/plain", "re hello"));
        assertThat(router.metrics.count(Outcome.ANSWERED)).isEqualTo(1);
        assertThat(router.links.inFlight()).isZero();
    }

    @Test
    void tellsTheHostWhatIsLeftOfTheBudget() {
        host.runs(Actors.echo(), "echo-0");
        frontend.query("echo", "runs");
        SentBatch first = host.batch();
        frontend.query("echo", "call", "", Duration.ofMillis(100), "waits");
        router.time.advance(Duration.ofMillis(30));
        host.answer(first);
        assertThat(host.batch().items().get(0).budgetNanos())
                .isEqualTo(Duration.ofMillis(70).toNanos());
        assertThat(router.metrics.waits)
                .containsExactly(0L, Duration.ofMillis(30).toNanos());
    }

    @Test
    void batchesWhatCameWhileTheReplicaWasBusy() {
        host.runs(Actors.echo(), "echo-0");
        frontend.query("echo", "a");
        SentBatch first = host.batch();
        for (String body : List.of("b", "c", "d", "e", "f")) {
            frontend.query("echo", body);
        }
        assertThat(host.batches()).isEmpty();
        host.answer(first);
        assertThat(bodies(host.batch())).containsExactly("b", "c", "d", "e");
        assertThat(router.metrics.batchSizes).containsExactly(1, 4);
    }

    @Test
    void spreadsBatchesOverReplicasAndTheLongestIdleGetsTheNext() {
        host.runs(Actors.echo(), "echo-0", "echo-1", "echo-2");
        for (String body : List.of("a", "b", "c")) {
            frontend.query("echo", body);
        }
        List<SentBatch> batches = host.batches();
        assertThat(batches).extracting(SentBatch::replica).containsExactlyInAnyOrder("echo-0", "echo-1", "echo-2");
        host.answer(batches.get(1));
        host.answer(batches.get(0));
        frontend.query("echo", "d");
        assertThat(host.batch().replica()).isEqualTo(batches.get(1).replica());
    }

    @Test
    void passesOnWhyAQueryFailed() {
        host.runs(Actors.echo(), "echo-0");
        long query = frontend.query("echo", "x");
        SentBatch batch = host.batch();
        host.fail(batch.items().get(0), ErrorCode.FAILED, "division by zero");
        host.done(batch, Duration.ofMillis(1));
        assertThat(frontend.outcome(query)).containsExactly("FAILED");
        assertThat(frontend.sentence(query)).isEqualTo("division by zero");
        assertThat(router.metrics.count(Outcome.FAILED)).isEqualTo(1);
    }

    @Test
    void letsNobodyWaitWhereAHostSaysThatAQueryWasCancelled() {
        host.runs(Actors.echo(), "echo-0");
        long query = frontend.query("echo", "x");
        host.fail(host.batch().items().get(0), ErrorCode.CANCELLED, "interrupted");
        assertThat(frontend.outcome(query)).containsExactly("CANCELLED");
    }

    @Test
    void doesNotMindResultsThatComeAfterTheBatchIsDone() {
        host.runs(Actors.echo(), "echo-0");
        long first = frontend.query("echo", "a");
        SentBatch batch = host.batch();
        host.done(batch, Duration.ofMillis(1));
        long second = frontend.query("echo", "b");
        SentBatch next = host.batch();
        host.answer(next);
        host.answer(batch.items().get(0));
        assertThat(frontend.outcome(first)).containsExactly("re a");
        assertThat(frontend.outcome(second)).containsExactly("re b");
    }

    @Test
    void givesTheNextBatchOnlyWhenTheLastIsDoneThoughItsResultsAreThere() {
        host.runs(Actors.echo(), "echo-0");
        frontend.query("echo", "a");
        SentBatch batch = host.batch();
        host.answer(batch.items().get(0));
        frontend.query("echo", "b");
        assertThat(host.batches()).isEmpty();
        host.done(batch, Duration.ofMillis(1));
        assertThat(bodies(host.batch())).containsExactly("b");
    }

    @Test
    void passesItemsOfAStreamOnAsTheyComeAndThenItsEnd() {
        host.runs(Actors.echo(), "echo-0");
        long query = frontend.query("echo", "x");
        SentBatch batch = host.batch();
        host.result(batch.items().get(0), Kind.ITEM, "1");
        assertThat(frontend.outcome(query)).containsExactly("ITEM 1");
        host.result(batch.items().get(0), Kind.ITEM, "2");
        host.result(batch.items().get(0), Kind.END, "");
        host.result(batch.items().get(0), Kind.ITEM, "after the end");
        assertThat(frontend.outcome(query)).containsExactly("ITEM 1", "ITEM 2", "END");
        assertThat(router.metrics.count(Outcome.ANSWERED)).isEqualTo(1);
    }

    @Test
    void passesOnAStreamThatBreaks() {
        host.runs(Actors.echo(), "echo-0");
        long query = frontend.query("echo", "x");
        SentBatch batch = host.batch();
        host.result(batch.items().get(0), Kind.ITEM, "1");
        host.fail(batch.items().get(0), ErrorCode.FAILED, "ran out");
        assertThat(frontend.outcome(query)).containsExactly("ITEM 1", "FAILED");
    }

    @Test
    void answersOnceThoughAHostAnswersTwice() {
        host.runs(Actors.echo(), "echo-0");
        long query = frontend.query("echo", "x");
        SentBatch batch = host.batch();
        host.answer(batch);
        host.answer(batch);
        host.fail(batch.items().get(0), ErrorCode.FAILED, "and no");
        assertThat(frontend.outcome(query)).containsExactly("re x");
        assertThat(router.metrics.all()).isEqualTo(1);
    }

    @Test
    void servesHostsThatCallActorsThemselves() {
        host.runs(Actors.echo(), "echo-0");
        FakeHost caller = router.host("caller");
        caller.link.receive(router.payloads.query(7, "echo", "call", "", Duration.ofSeconds(1), "nested"));
        router.time.run();
        host.answer(host.batch());
        assertThat(caller.link.written(SentResult.class))
                .containsExactly(new SentResult(7, Kind.ONLY, "text/plain", "re nested"));
    }

    @Test
    void takesWhatCrossesWithItsDrainAndNothingAfter() {
        host.runs(Actors.echo(), "echo-0");
        router.links.drain();
        long crossing = frontend.query("echo", "x");
        host.answer(host.batch());
        router.time.advance(Duration.ofSeconds(1));
        long late = frontend.query("echo", "y");
        assertThat(frontend.outcome(crossing)).containsExactly("re x");
        assertThat(frontend.outcome(late)).containsExactly("UNAVAILABLE");
        assertThat(frontend.sentence(late)).contains("stopping");
        assertThat(router.metrics.count(Outcome.FAILED)).isEqualTo(1);
    }

    @Test
    void refusesAnUnknownActorVersionOrMethod() {
        host.runs(Actors.echo(), "echo-0");
        long actor = frontend.query("nobody", "x");
        long version = frontend.query("echo", "call", "9", Duration.ofSeconds(1), "x");
        long method = frontend.query("echo", "shout", "", Duration.ofSeconds(1), "x");
        assertThat(frontend.outcome(actor)).containsExactly("NOT_FOUND");
        assertThat(frontend.outcome(version)).containsExactly("NOT_FOUND");
        assertThat(frontend.outcome(method)).containsExactly("NOT_FOUND");
        assertThat(frontend.sentence(actor)).contains("nobody");
        assertThat(frontend.sentence(version)).contains("version '9'");
        assertThat(frontend.sentence(method)).contains("shout");
        assertThat(router.metrics.all()).isZero();
    }

    @Test
    void refusesWhatIsLateAlreadyAndCountsIt() {
        host.runs(Actors.echo(), "echo-0");
        long query = frontend.query("echo", "call", "", Duration.ZERO, "x");
        assertThat(frontend.outcome(query)).containsExactly("EXPIRED");
        assertThat(host.batches()).isEmpty();
        assertThat(router.metrics.count(Outcome.EXPIRED)).isEqualTo(1);
    }

    @Test
    void sendsNothingThatExpiredWhileItWaited() {
        host.runs(Actors.echo(), "echo-0");
        frontend.query("echo", "runs");
        SentBatch running = host.batch();
        long query = frontend.query("echo", "call", "", Duration.ofMillis(5), "waits");
        router.time.advance(Duration.ofMillis(5));
        assertThat(frontend.outcome(query)).containsExactly("EXPIRED");
        host.answer(running);
        assertThat(host.batches()).isEmpty();
    }

    @Test
    void endsTheLinkOfWhoUsesOneExchangeForTwoQueriesAndNoOther() {
        host.runs(Actors.echo(), "echo-0");
        frontend.query("echo", "first");
        SentBatch running = host.batch();
        frontend.link.receive(router.payloads.query(1, "echo", "call", "", Duration.ofSeconds(1), "second"));
        router.time.run();
        assertThat(frontend.link.closedFor()).contains("exchange 1 twice");
        assertThat(host.link.isOpen()).isTrue();
        assertThat(host.link.written(Frame.Cancel.class))
                .containsExactly(new Frame.Cancel(running.items().get(0).exchange()));
        assertThat(router.metrics.count(Outcome.CANCELLED)).isEqualTo(1);
    }

    @Test
    void releasesWhatPeersHaveNoBusinessToSend() {
        frontend.link.receive(router.payloads.result(1, Kind.ONLY, "a frontend answers nothing"));
        host.link.receive(router.payloads.result(99, Kind.ITEM, "of no query"));
        host.link.receive(router.payloads.result(99, Kind.ONLY, "of no query"));
        frontend.link.receive(new BatchFrame(1, false, "r", "call", List.of(router.payloads.item(1, "x"))));
        host.link.receive(new BatchFrame(1, false, "r", "call", List.of(router.payloads.item(1, "x"))));
        host.link.receive(new Frame.Done(17, 5));
        host.link.receive(new Frame.Busy(18));
        router.time.run();
        assertThat(host.link.isOpen()).isTrue();
        router.payloads.assertAllGivenBack();
    }

    @Test
    void failsAResultThatIsTooLargeForItsCallerAndSparesTheLink() {
        host.runs(Actors.echo(), "echo-0");
        FakeFrontend small =
                new FakeFrontend(router, router.link(FakeLink.hello(Role.FRONTEND, "small", 10, 256L << 20)));
        long only = small.query("echo", "x");
        SentBatch batch = host.batch();
        host.result(batch.items().get(0), Kind.ONLY, "eleven byte");
        host.done(batch, Duration.ofMillis(1));
        assertThat(small.outcome(only)).containsExactly("FAILED");
        assertThat(small.sentence(only)).contains("11 bytes").contains("takes 10");

        long stream = small.query("echo", "y");
        batch = host.batch();
        host.result(batch.items().get(0), Kind.ITEM, "small");
        host.result(batch.items().get(0), Kind.ITEM, "eleven byte");
        host.result(batch.items().get(0), Kind.END, "");
        assertThat(small.outcome(stream)).containsExactly("ITEM small", "FAILED");
        assertThat(host.link.written(Frame.Cancel.class)).hasSize(1);
    }
}
