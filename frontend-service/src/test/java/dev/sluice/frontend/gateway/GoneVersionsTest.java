package dev.sluice.frontend.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.actor.MethodDescriptor;
import dev.sluice.common.testing.FakeLink;
import dev.sluice.frontend.query.Protocol;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GoneVersionsTest {

    private static final Duration MEMORY = Duration.ofMinutes(2);

    private final List<ActorVersion> forgotten = new ArrayList<>();
    private final Tally tally = new Tally(new GatewayMetrics() {
        @Override
        public void ended(ActorDescriptor actor, String method, Protocol protocol, Ending ending) {}

        @Override
        public void forget(ActorVersion gone) {
            forgotten.add(gone);
        }
    });
    private long now = Long.MIN_VALUE;
    private final GatewayRig rig = new GatewayRig();
    private final FakeLink router = rig.freshRouter("router-0");
    private final GoneVersions versions = new GoneVersions(rig.routers, tally, MEMORY, () -> now);

    private static ActorDescriptor version(String version) {
        return new ActorDescriptor(
                "a",
                version,
                false,
                1_000,
                "fifo",
                "",
                List.of(new MethodDescriptor("call", false, 1, 0, false, "long", "long")));
    }

    private void published(String version) {
        GatewayRig.catalogue(router, version(version));
        rig.routers.actors().forEach(tally::announced);
    }

    private void looksAfter(Duration time) {
        now += time.toNanos();
        versions.look();
    }

    @Test
    void areForgottenAfterAWhileAndNotBefore() {
        published("1");
        looksAfter(MEMORY);
        published("2");
        looksAfter(Duration.ZERO);
        looksAfter(MEMORY.minusNanos(1));
        assertThat(forgotten).isEmpty();
        assertThat(tally.all()).hasSize(2);
        looksAfter(Duration.ofNanos(1));
        assertThat(forgotten).containsExactly(new ActorVersion("a", "1"));
        assertThat(tally.all()).extracting(each -> each.version()).containsExactly("2");
    }

    @Test
    void stayWhereTheyComeBack() {
        published("1");
        published("2");
        looksAfter(Duration.ZERO);
        published("1");
        looksAfter(MEMORY.minusNanos(1));
        published("2");
        looksAfter(MEMORY.minusNanos(1));
        assertThat(forgotten).isEmpty();
    }

    @Test
    void areForgottenAgainWhenALastQueryEndsLater() {
        published("2");
        tally.ended(version("1"), "call", Protocol.HTTP, new Ending(null, 5, true));
        looksAfter(Duration.ZERO);
        looksAfter(MEMORY);
        tally.ended(version("1"), "call", Protocol.HTTP, new Ending(null, 5, true));
        looksAfter(Duration.ZERO);
        looksAfter(MEMORY);
        assertThat(forgotten).containsExactly(new ActorVersion("a", "1"), new ActorVersion("a", "1"));
    }

    @Test
    void soIsWhatARouterSaidThatHasLongBeenAwayWhileOthersAreHere() {
        FakeLink other = rig.freshRouter("router-1");
        GatewayRig.catalogue(other, new ActorDescriptor("b", "1", false, 1_000, "fifo", "", List.of()));
        published("1");
        other.close("gone");
        looksAfter(Duration.ZERO);
        looksAfter(MEMORY.minusNanos(1));
        assertThat(rig.routers.actors()).extracting(ActorDescriptor::name).containsExactly("a", "b");
        looksAfter(Duration.ofNanos(1));
        assertThat(rig.routers.actors()).extracting(ActorDescriptor::name).containsExactly("a");
    }

    @Test
    void whatTheLastRouterSaidIsNotForgotten() {
        published("1");
        router.close("gone");
        looksAfter(Duration.ZERO);
        looksAfter(MEMORY.multipliedBy(2));
        assertThat(rig.routers.actors()).extracting(ActorDescriptor::name).containsExactly("a");
        assertThat(forgotten).isEmpty();
    }
}
