package dev.sluice.router.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.membership.Announcement;
import dev.sluice.common.membership.Announcement.State;
import dev.sluice.router.dispatch.Traffic.Copies;
import dev.sluice.router.dispatch.Traffic.Share;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Versions without a replica that nobody wants are remembered for a while, and no longer. */
class GoneVersionsTest {

    private static final ActorDescriptor OLD = Actors.once("model", "1", Actors.method("call", 1, 0));
    private static final ActorDescriptor NEW = Actors.once("model", "2", Actors.method("call", 1, 0));

    private final RouterFixture router = new RouterFixture();
    private final FakeFrontend frontend = router.frontend("frontend");
    private final FakeHost host = router.host("host").runs(OLD, "model-0");

    @AfterEach
    void nothingStays() {
        router.assertNothingStays();
    }

    private List<String> known() {
        return router.actors.all().stream()
                .map(dispatcher -> dispatcher.descriptor().version())
                .toList();
    }

    private void looksAfter(Duration time) {
        router.time.pass(time.toNanos());
        router.time.run();
        router.links.forgetGone();
    }

    private void looksForLong() {
        looksAfter(Duration.ZERO);
        looksAfter(RouterFixture.MEMORY);
    }

    private void divide(Traffic traffic) {
        router.actors.divide(Map.of("model", traffic));
    }

    private static Traffic all(String version) {
        return new Traffic(List.of(new Share(version, 100)), Optional.empty());
    }

    private String answer(String version) {
        long query = frontend.query("model", "call", version, Duration.ofSeconds(1), "x");
        host.batches().forEach(host::answer);
        router.time.run();
        return String.join(", ", frontend.outcome(query));
    }

    @Test
    void areForgottenWithWhatWasMeasuredOfThem() {
        host.runs(NEW, "model-1");
        looksAfter(Duration.ZERO);
        looksAfter(RouterFixture.MEMORY.minusNanos(1));
        assertThat(known()).containsExactly("1", "2");
        assertThat(router.metrics.forgotten).hasValue(0);
        looksAfter(Duration.ofNanos(1));
        assertThat(known()).containsExactly("2");
        assertThat(router.metrics.forgotten).hasValue(1);
        assertThat(answer("")).isEqualTo("re x");
    }

    @Test
    void serveAgainWhenTheyComeBack() {
        host.runs(NEW, "model-1");
        looksForLong();
        host.runs(OLD, "model-2");
        assertThat(answer("1")).isEqualTo("re x");
        looksForLong();
        assertThat(known()).containsExactly("1");
    }

    @Test
    void areKeptWhereNothingElseOfTheActorServes() {
        host.announce(false, List.of(), List.of());
        looksForLong();
        assertThat(known()).containsExactly("1");
        assertThat(answer("")).isEqualTo("UNAVAILABLE");
    }

    @Test
    void areKeptWhereTheyAreWanted() {
        host.runs(NEW, "model-1");
        divide(all("1"));
        looksForLong();
        divide(new Traffic(List.of(new Share("2", 100)), Optional.of(new Copies("1", 10))));
        looksForLong();
        divide(new Traffic(List.of(new Share("2", 100)), Optional.empty(), 1, Optional.of("1")));
        looksForLong();
        assertThat(known()).containsExactly("1", "2");
        divide(all("2"));
        looksForLong();
        assertThat(known()).containsExactly("2");
    }

    @Test
    void areAllForgottenOfAnActorThatIsServedNoMore() {
        host.runs(NEW, "model-1");
        divide(Traffic.NONE);
        host.announce(false, List.of(), List.of());
        looksForLong();
        assertThat(known()).isEmpty();
        assertThat(router.actors.published()).isEmpty();
        assertThat(router.metrics.forgotten).hasValue(2);
        host.announce(false, List.of(OLD, NEW), List.of());
        assertThat(known()).as("by a host that might have them").isEmpty();
    }

    @Test
    void areKeptAsSoonAsAHostHasThemAgain() {
        host.runs(NEW, "model-1");
        looksAfter(Duration.ZERO);
        router.time.pass(RouterFixture.MEMORY.toNanos());
        host.announce(
                false,
                List.of(OLD, NEW),
                List.of(
                        new Announcement.Replica("model-2", "model", "1", State.STARTING, ""),
                        FakeHost.ready(NEW, "model-1")));
        looksAfter(Duration.ZERO);
        assertThat(known()).as("what is about to have a replica").containsExactly("1", "2");
    }

    @Test
    void areKeptWhereAReplicaOfThemTakesLongToStart() {
        host.announce(
                false,
                List.of(OLD, NEW),
                List.of(
                        FakeHost.ready(OLD, "model-0"),
                        new Announcement.Replica("model-1", "model", "2", State.STARTING, "")));
        looksForLong();
        looksForLong();
        assertThat(known()).containsExactly("1", "2");
    }

    @Test
    void areNotBroughtBackByAHostThatMightHaveThem() {
        host.runs(NEW, "model-1");
        looksAfter(Duration.ZERO);
        host.announce(false, List.of(OLD, NEW), List.of(FakeHost.ready(NEW, "model-1")));
        looksAfter(RouterFixture.MEMORY);
        assertThat(known()).containsExactly("2");
        host.announce(false, List.of(OLD, NEW), List.of(FakeHost.ready(NEW, "model-2")));
        assertThat(known()).as("nobody wants it").containsExactly("2");
        divide(new Traffic(List.of(new Share("1", 10), new Share("2", 90)), Optional.empty()));
        host.announce(false, List.of(OLD, NEW), List.of(FakeHost.ready(NEW, "model-3")));
        assertThat(known()).as("somebody does").containsExactly("1", "2");
    }

    @Test
    void areAwayRatherThanUnknownWhereNobodySaidThatTheyHaveRetired() {
        host.runs(NEW, "model-1");
        looksForLong();
        assertThat(answer("1")).isEqualTo("UNAVAILABLE");
        assertThat(answer("3")).isEqualTo("NOT_FOUND");
        divide(all("2"));
        assertThat(answer("1")).isEqualTo("NOT_FOUND");
    }

    @Test
    void areKeptWhileQueriesWaitForThem() {
        host.announce(false, List.of(), List.of());
        divide(all("1"));
        router.actors.await(Set.of("model"));
        long query = frontend.query("model", "call", "", RouterFixture.MEMORY.multipliedBy(3), "x");
        FakeHost other = router.host("other").runs(NEW, "model-1");
        divide(new Traffic(List.of(new Share("1", 100), new Share("2", 0)), Optional.empty()));
        looksForLong();
        assertThat(known()).containsExactly("1", "2");
        host.runs(OLD, "model-3");
        host.batches().forEach(host::answer);
        assertThat(frontend.outcome(query)).containsExactly("re x");
        other.close();
    }
}
