package dev.sluice.router.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.router.dispatch.Traffic.Share;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Queries of an actor whose replica is on its way wait for it, as long as they have time. */
class AwaitedReplicaTest {

    private static final ActorDescriptor MODEL = Actors.once("model", "1", Actors.method("call", 1, 0));
    private static final Duration LONG = RouterFixture.HOLD.multipliedBy(3);

    private final RouterFixture router = new RouterFixture();
    private final FakeFrontend frontend = router.frontend("frontend");
    private final FakeHost host = router.host("host");

    @AfterEach
    void nothingStays() {
        router.assertNothingStays();
    }

    private void none() {
        host.announce(false, List.of(MODEL), List.of());
    }

    private void one() {
        host.runs(MODEL, "model-0");
    }

    @Test
    void waitLongerThanForAHostThatMayBeRestarting() {
        router.actors.await(Set.of("model"));
        none();
        long exchange = frontend.query("model", "x");
        router.time.advance(LONG);
        assertThat(frontend.outcome(exchange)).isEmpty();
        one();
        host.answer(host.batch());
        assertThat(frontend.outcome(exchange)).containsExactly("re x");
    }

    @Test
    void expireWhileTheyWait() {
        router.actors.await(Set.of("model"));
        none();
        long exchange = frontend.query("model", "call", "", Duration.ofSeconds(8), "x");
        router.time.advance(Duration.ofSeconds(8));
        assertThat(frontend.outcome(exchange)).containsExactly("EXPIRED");
    }

    @Test
    void areGivenUpWhereTheVersionThatTheyNameHasRetired() {
        router.actors.divide(Map.of("model", new Traffic(List.of(new Share("1", 100)), Optional.empty())));
        router.actors.await(Set.of("model"));
        none();
        long exchange = frontend.query("model", "call", "1", LONG.multipliedBy(2), "x");
        router.time.advance(LONG);
        assertThat(frontend.outcome(exchange)).isEmpty();
        router.actors.divide(Map.of("model", new Traffic(List.of(new Share("2", 100)), Optional.empty())));
        router.actors.await(Set.of("model"));
        router.time.advance(RouterFixture.HOLD);
        assertThat(frontend.outcome(exchange)).containsExactly("UNAVAILABLE");
    }

    @Test
    void areGivenUpWhenNoneIsOnItsWayAnyMore() {
        router.actors.await(Set.of("model"));
        none();
        long exchange = frontend.query("model", "x");
        router.time.advance(LONG);
        router.actors.await(Set.of());
        router.time.run();
        assertThat(frontend.outcome(exchange)).containsExactly("UNAVAILABLE");
        long next = frontend.query("model", "y");
        assertThat(frontend.outcome(next)).containsExactly("UNAVAILABLE");
    }

    @Test
    void areHeldAgainOnceOneIsOnItsWay() {
        none();
        router.time.advance(LONG);
        long refused = frontend.query("model", "x");
        assertThat(frontend.outcome(refused)).containsExactly("UNAVAILABLE");
        router.actors.await(Set.of("model"));
        router.time.run();
        long held = frontend.query("model", "y");
        assertThat(frontend.outcome(held)).isEmpty();
        one();
        host.answer(host.batch());
        assertThat(frontend.outcome(held)).containsExactly("re y");
    }
}
