package dev.sluice.frontend.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.testing.FakeLink;
import dev.sluice.common.wire.Frame;
import dev.sluice.common.wire.FrameException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RoutersTest {

    private final GatewayRig rig = new GatewayRig();
    private final FakeLink first = rig.freshRouter("router-0");
    private final FakeLink second = rig.freshRouter("router-1");
    private final FakeLink third = rig.freshRouter("router-2");

    @Test
    void tellsWhoIsLinked() {
        assertThat(rig.routers.links()).containsExactly(first, second, third);
        second.close("gone");
        assertThat(rig.routers.links()).containsExactly(first, third);
    }

    @Test
    void isReadyWithTheFirstCatalogueEvenAnEmptyOne() {
        assertThat(rig.gateway.ready()).isFalse();
        GatewayRig.catalogue(first);
        assertThat(rig.gateway.ready()).isTrue();
        assertThat(rig.gateway.actors()).isEmpty();
    }

    @Test
    void listsTheActorsOfAllRoutersByName() {
        GatewayRig.catalogue(first, actor("b", "1"), actor("d", "1"));
        GatewayRig.catalogue(second, actor("c", "1"), actor("a", "1"));
        assertThat(rig.gateway.actors()).extracting(ActorDescriptor::name).containsExactly("a", "b", "c", "d");
        assertThat(rig.gateway.actor("c")).contains(actor("c", "1"));
        assertThat(rig.gateway.actor("e")).isEmpty();
    }

    @Test
    void tellsOfEachActorBeforeItsFirstQuery() {
        GatewayRig.catalogue(first, actor("a", "1"));
        GatewayRig.catalogue(second, actor("a", "2"), actor("b", "1"));
        assertThat(rig.announced).containsExactly(actor("a", "1"), actor("a", "2"), actor("b", "1"));
    }

    @Test
    void replacesWhatTheSameRouterSaidBefore() {
        GatewayRig.catalogue(first, actor("a", "1"), actor("b", "1"));
        GatewayRig.catalogue(first, actor("a", "2"));
        assertThat(rig.gateway.actors()).containsExactly(actor("a", "2"));
    }

    @Test
    void believesTheLatestWordOnAnActorWhoeverSpokeSince() {
        GatewayRig.catalogue(first, actor("a", "3"));
        GatewayRig.catalogue(second, actor("a", "2"));
        GatewayRig.catalogue(third, actor("b", "1"));
        assertThat(rig.gateway.actor("a")).contains(actor("a", "2"));
        GatewayRig.catalogue(first, actor("a", "3"));
        GatewayRig.catalogue(third, actor("b", "2"));
        assertThat(rig.gateway.actor("a")).contains(actor("a", "3"));
    }

    @Test
    void keepsWhatRoutersSaidThatAreAway() {
        GatewayRig.catalogue(first, actor("a", "1"));
        GatewayRig.catalogue(second, actor("b", "1"));
        rig.links.forEach(link -> link.close("gone"));
        assertThat(rig.routers.linked()).isZero();
        assertThat(rig.gateway.ready()).isTrue();
        assertThat(rig.gateway.actors()).containsExactly(actor("a", "1"), actor("b", "1"));
    }

    @Test
    void takesTheWordOfARouterThatCameBack() {
        GatewayRig.catalogue(first, actor("a", "1"));
        first.close("restarted");
        FakeLink again = rig.freshRouter("router-0");
        assertThat(rig.gateway.actors()).containsExactly(actor("a", "1"));
        GatewayRig.catalogue(again, actor("b", "1"));
        assertThat(rig.gateway.actors()).containsExactly(actor("b", "1"));
    }

    @Test
    void refusesACatalogueThatIsNone() {
        byte[] nonsense = "{\"actors\": 7}".getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> first.deliver(new Frame.Catalogue(nonsense))).isInstanceOf(FrameException.class);
        assertThat(rig.gateway.ready()).isFalse();
    }

    @Test
    void countsTheRoutersThatAreLinked() {
        assertThat(rig.routers.linked()).isEqualTo(3);
        second.close("gone");
        assertThat(rig.routers.linked()).isEqualTo(2);
    }

    private static ActorDescriptor actor(String name, String version) {
        ActorDescriptor actor = GatewayRig.actor(name, false);
        return new ActorDescriptor(
                name, version, false, actor.sloMillis(), actor.scheduler(), actor.description(), actor.methods());
    }
}
