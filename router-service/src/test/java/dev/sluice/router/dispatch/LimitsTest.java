package dev.sluice.router.dispatch;

import static dev.sluice.router.dispatch.FakeHost.bodies;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.error.ErrorCode.Outcome;
import dev.sluice.common.wire.QueryFrame;
import dev.sluice.common.wire.Role;
import dev.sluice.router.testing.FakeLink;
import dev.sluice.router.testing.FakeLink.SentBatch;
import dev.sluice.scheduling.QueueLimits;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a router holds is bounded, in number and in bytes, and what is small pins nothing large. */
class LimitsTest {

    private static final Duration SLO = Duration.ofSeconds(60);

    private static long weight(String body) {
        QueryFrame frame = new Payloads().query(1, "echo", "call", "", SLO, body);
        long weight = frame.weight();
        frame.release();
        return weight;
    }

    private static long charge(String body) {
        QueryFrame frame = new Payloads().query(1, "echo", "call", "", SLO, body);
        long charge = RoutedQuery.charge(frame);
        frame.release();
        return charge;
    }

    @Test
    void refusesByNumberAndServesOn() {
        RouterFixture router = new RouterFixture(new QueueLimits(2, 1 << 20), 1 << 20);
        FakeFrontend frontend = router.frontend("frontend");
        FakeHost host = router.host("host").runs(Actors.echo(), "echo-0");
        frontend.query("echo", "runs");
        SentBatch running = host.batch();
        frontend.query("echo", "a");
        frontend.query("echo", "b");
        long refused = frontend.query("echo", "c");
        assertThat(frontend.outcome(refused)).containsExactly("OVERLOADED");
        host.answer(running);
        assertThat(bodies(host.batch())).containsExactly("a", "b");
        assertThat(router.metrics.count(Outcome.SHED)).isEqualTo(1);
        router.assertNothingStays();
    }

    @Test
    void refusesByTheBytesOfOneActorsQueue() {
        RouterFixture router = new RouterFixture(new QueueLimits(1000, 3 * charge("x")), 1 << 20);
        FakeFrontend frontend = router.frontend("frontend");
        FakeHost host = router.host("host").runs(Actors.echo(), "echo-0");
        frontend.query("echo", "x");
        host.batch();
        List<Long> held =
                List.of(frontend.query("echo", "a"), frontend.query("echo", "b"), frontend.query("echo", "c"));
        long refused = frontend.query("echo", "d");
        assertThat(held).allSatisfy(query -> assertThat(frontend.outcome(query)).isEmpty());
        assertThat(frontend.outcome(refused)).containsExactly("OVERLOADED");
        router.assertNothingStays();
    }

    @Test
    void refusesByTheBytesOfAllQueriesThatAreInTheRouterAlsoRunningOnes() {
        RouterFixture router = new RouterFixture(new QueueLimits(1000, 1 << 20), 2 * charge("x"));
        FakeFrontend frontend = router.frontend("frontend");
        FakeHost host = router.host("host").runs(Actors.echo(), "echo-0");
        frontend.query("echo", "x");
        SentBatch running = host.batch();
        frontend.query("echo", "y");
        assertThat(router.links.retainedBytes()).isEqualTo(2 * charge("x"));
        long refused = frontend.query("echo", "z");
        assertThat(frontend.outcome(refused)).containsExactly("OVERLOADED");
        assertThat(router.metrics.count(Outcome.SHED)).isEqualTo(1);

        host.answer(running);
        long accepted = frontend.query("echo", "z");
        assertThat(frontend.outcome(accepted)).isEmpty();
        router.assertNothingStays();
    }

    @Test
    void chargesForAQueryWithoutInputWhatItHoldsOnTheHeap() {
        assertThat(charge("")).isGreaterThan(2 * weight(""));
        String kilobyte = "x".repeat(1024);
        assertThat(charge(kilobyte)).isEqualTo(weight(kilobyte));
    }

    @Test
    void copiesWhatWaitsOutOfTheBufferItCameIn() {
        RouterFixture router = new RouterFixture();
        FakeFrontend frontend = router.frontend("frontend");
        FakeHost host = router.host("host").runs(Actors.echo(), "echo-0");
        frontend.query("echo", "runs");
        SentBatch running = host.batch();

        ByteBuf received = PooledByteBufAllocator.DEFAULT.buffer(64 * 1024);
        received.writeZero(1024);
        frontend.link.receive(
                new QueryFrame(77, SLO.toNanos(), 0, "echo", "call", "", 0, received.readRetainedSlice(1024)));
        router.time.run();
        received.release();
        assertThat(received.refCnt()).as("pinned by what waits").isZero();
        host.answer(running);
        assertThat(host.batch().items().get(0).body()).hasSize(1024).matches("\0*");
        router.assertNothingStays();
    }

    @Test
    void copiesAlsoWhatComesBackToWait() {
        RouterFixture router = new RouterFixture();
        FakeFrontend frontend = router.frontend("frontend");
        FakeHost host = router.host("host").runs(Actors.echo(), "echo-0");
        ByteBuf received = PooledByteBufAllocator.DEFAULT.buffer(64 * 1024);
        received.writeZero(1024);
        frontend.link.receive(
                new QueryFrame(77, SLO.toNanos(), 0, "echo", "call", "", 0, received.readRetainedSlice(1024)));
        received.release();
        router.time.run();
        assertThat(received.refCnt()).as("sent as it came").isPositive();
        host.busy(host.batch());
        assertThat(received.refCnt()).as("pinned by what waits").isZero();
        router.assertNothingStays();
    }

    @Test
    void cutsABatchToTheCreditThatTheHostGives() {
        RouterFixture router = new RouterFixture();
        FakeFrontend frontend = router.frontend("frontend");
        long two = 2 * weight("x");
        FakeHost host =
                router.host(FakeLink.hello(Role.HOST, "host", 1024, two + 1)).runs(Actors.echo(), "echo-0");
        frontend.query("echo", "x");
        SentBatch running = host.batch();
        for (String body : List.of("a", "b", "c")) {
            frontend.query("echo", body);
        }
        host.answer(running);
        SentBatch first = host.batch();
        assertThat(bodies(first)).containsExactly("a", "b");
        host.answer(first);
        assertThat(bodies(host.batch())).containsExactly("c");
        router.assertNothingStays();
    }

    @Test
    void failsAnInputThatIsTooLargeForTheHostAndSparesTheLink() {
        RouterFixture router = new RouterFixture();
        FakeFrontend frontend = router.frontend("frontend");
        FakeHost host =
                router.host(FakeLink.hello(Role.HOST, "host", 10, 256L << 20)).runs(Actors.echo(), "echo-0");
        long large = frontend.query("echo", "eleven byte");
        assertThat(frontend.outcome(large)).containsExactly("TOO_LARGE");
        assertThat(frontend.sentence(large)).contains("11 bytes").contains("takes 10");
        assertThat(host.batches()).isEmpty();

        frontend.query("echo", "ten bytes.");
        assertThat(bodies(host.batch())).containsExactly("ten bytes.");
        router.assertNothingStays();
    }

    @Test
    void countsNoFurtherThanABatchFrameCan() {
        int most = 0xFFFF;
        RouterFixture router = new RouterFixture(new QueueLimits(100_000, 1 << 28), 1 << 28);
        FakeFrontend frontend = router.frontend("frontend");
        FakeHost host = router.host("host").runs(Actors.once("wide", "1", Actors.method("call", 100_000, 0)), "wide-0");
        frontend.query("wide", "runs");
        SentBatch running = host.batch();
        for (int i = 0; i <= most; i++) {
            frontend.arrive("wide", "");
        }
        router.time.run();
        host.done(running, Duration.ofMillis(1));
        SentBatch full = host.batch();
        assertThat(full.items()).hasSize(most);
        host.done(full, Duration.ofMillis(1));
        assertThat(host.batch().items()).hasSize(1);
        router.assertNothingStays();
    }

    @Test
    void shedsOnTimeBesideABudgetThatIsBeyondAllTime() {
        RouterFixture router = new RouterFixture();
        FakeFrontend frontend = router.frontend("frontend");
        FakeHost host = router.host("host").runs(Actors.echo(), "echo-0");
        frontend.query("echo", "runs");
        host.batch();
        long soon = frontend.query("echo", "call", "", Duration.ofMillis(1), "soon");
        // It comes when the other has just expired, and nobody has looked yet.
        router.time.pass(Duration.ofMillis(2).toNanos());
        frontend.query("echo", "call", "", Duration.ofNanos(Long.MAX_VALUE), "for ever");
        assertThat(frontend.outcome(soon)).containsExactly("EXPIRED");
        router.assertNothingStays();
    }
}
