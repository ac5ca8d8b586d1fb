package dev.sluice.router.dispatch;

import static dev.sluice.router.dispatch.FakeHost.bodies;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.actor.SchedulerNames;
import dev.sluice.common.wire.Frame;
import dev.sluice.router.testing.FakeLink.SentBatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A replica whose batch waits for other actors gets the next one. */
class LendingTest {

    private static final ActorDescriptor ASKS = new ActorDescriptor(
            "asks", "1", false, 1_000, SchedulerNames.DEADLINE, "", List.of(Actors.method("call", 1, 0)));

    private final RouterFixture router = new RouterFixture();
    private final FakeFrontend frontend = router.frontend("frontend");
    private final FakeHost host = router.host("host").runs(ASKS, "asks-0");

    @AfterEach
    void nothingStays() {
        router.assertNothingStays();
    }

    private SentBatch run(String body) {
        frontend.query("asks", body);
        return host.batch();
    }

    private void lend(SentBatch batch) {
        host.link.receive(new Frame.Lent(batch.number()));
        router.time.run();
    }

    @Test
    void sendsTheNextBatchWhileTheFirstWaits() {
        SentBatch first = run("a");
        frontend.query("asks", "b");
        assertThat(host.batches()).isEmpty();
        lend(first);
        SentBatch second = host.batch();
        assertThat(bodies(second)).containsExactly("b");
        assertThat(second.staged()).isFalse();
        lend(second);
        SentBatch third = run("c");
        host.answer(first);
        frontend.query("asks", "d");
        assertThat(host.batches()).as("while the third runs").isEmpty();
        host.answer(third);
        assertThat(bodies(host.batch())).containsExactly("d");
        host.answer(second);
        assertThat(frontend.outcomes().values()).containsOnly(List.of("re a"), List.of("re b"), List.of("re c"));
    }

    @Test
    void tellsHowLongQueriesTakeFromHowLongTheyKeepTheReplica() {
        SentBatch first = run("a");
        router.time.advance(Duration.ofMillis(1));
        lend(first);
        router.time.advance(Duration.ofSeconds(50));
        host.answer(first, Duration.ofSeconds(50));
        assertThat(router.dispatcher("asks").typicalNanos("call"))
                .isEqualTo(Duration.ofMillis(50_001).toNanos());

        List<SentBatch> sent = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            frontend.query("asks", "b");
        }
        assertThat(frontend.outcomes()).as("none is refused for want of time").hasSize(1);
        for (int i = 0; i < 10; i++) {
            SentBatch next = host.batch();
            sent.add(next);
            lend(next);
        }
        sent.forEach(host::answer);
        host.answer(run("c"));
    }

    @Test
    void knowsOneTimeOfAMethodThatWaitsOnlySometimes() {
        SentBatch waits = run("a");
        lend(waits);
        router.time.advance(Duration.ofMillis(80));
        host.answer(waits, Duration.ofMillis(80));
        SentBatch quick = run("b");
        host.answer(quick, Duration.ZERO);
        assertThat(router.dispatcher("asks").typicalNanos("call"))
                .isEqualTo(Duration.ofMillis(70).toNanos());
    }

    @Test
    void keepsNoCreditOfCallsThatMayNeedItForTheirOwn() {
        host.link.receive(router.payloads.query(1, "asks", "call", "", Duration.ofSeconds(1), "nested"));
        router.time.run();
        assertThat(router.payloads.creditHeld()).isZero();
        assertThat(router.links.retainedBytes()).isPositive();
        host.answer(host.batch());
        frontend.arrive("asks", "of a caller outside");
        router.time.run();
        assertThat(router.payloads.creditHeld()).isPositive();
        host.answer(host.batch());
    }

    @Test
    void endsThoseThatWaitWithTheirHost() {
        SentBatch first = run("a");
        lend(first);
        SentBatch second = run("b");
        lend(second);
        host.close();
        assertThat(frontend.outcomes().values()).hasSize(2).containsOnly(List.of("LOST"));
    }

    @Test
    void takesNoHarmFromOneThatComesTooLateOrTwice() {
        SentBatch first = run("a");
        lend(first);
        lend(first);
        host.answer(first);
        lend(first);
        SentBatch second = run("b");
        frontend.query("asks", "c");
        assertThat(host.batches()).isEmpty();
        host.answer(second);
        host.answer(host.batch());
    }
}
