package dev.sluice.router.dispatch;

import static dev.sluice.router.dispatch.FakeHost.ready;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.membership.CatalogueContent;
import dev.sluice.common.membership.MembershipJson;
import dev.sluice.common.wire.Frame;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CatalogueFeedTest {

    private final RouterFixture router = new RouterFixture();
    private final FakeFrontend frontend = router.frontend("frontend");

    @AfterEach
    void nothingStays() {
        router.assertNothingStays();
    }

    @Test
    void isSilentUntilItIsComplete() {
        router.host("host").runs(Actors.echo(), "echo-0");
        assertThat(frontend.catalogues()).isEmpty();
        router.links.catalogueIsComplete();
        assertThat(frontend.catalogues()).containsExactly("echo:1");
    }

    @Test
    void tellsAlsoThatThereIsNothing() {
        router.links.catalogueIsComplete();
        assertThat(frontend.catalogues()).containsExactly("");
    }

    @Test
    void tellsWhoComesLater() {
        router.host("host").runs(Actors.echo(), "echo-0");
        router.links.catalogueIsComplete();
        assertThat(router.frontend("later").catalogues()).containsExactly("echo:1");
        assertThat(frontend.catalogues()).containsExactly("echo:1");
    }

    @Test
    void pushesWhatChangesAndNothingElse() {
        router.links.catalogueIsComplete();
        FakeHost host = router.host("host").runs(Actors.echo(), "echo-0");
        host.runs(Actors.echo(), "echo-0", "echo-1");
        host.announce(
                false,
                List.of(Actors.echo(), Actors.counter()),
                List.of(ready(Actors.echo(), "echo-0"), ready(Actors.counter(), "counter-0")));
        assertThat(frontend.catalogues()).containsExactly("", "echo:1", "counter:1 echo:1");
    }

    @Test
    void pushesAnActorsNewSettings() {
        router.links.catalogueIsComplete();
        FakeHost host = router.host("host").runs(Actors.echo(), "echo-0");
        ActorDescriptor more = Actors.with(Actors.echo(), Actors.method("shout", 1, 0));
        host.runs(more, "echo-0");
        List<Frame.Catalogue> catalogues = frontend.link.written(Frame.Catalogue.class);
        CatalogueContent last =
                MembershipJson.read(catalogues.get(catalogues.size() - 1).json(), CatalogueContent.class);
        assertThat(last.actors()).containsExactly(more);
    }

    @Test
    void keepsActorsThatHaveNoHostAtTheMoment() {
        router.links.catalogueIsComplete();
        router.host("host").runs(Actors.echo(), "echo-0").close();
        assertThat(frontend.catalogues()).containsExactly("", "echo:1");
        assertThat(router.frontend("later").catalogues()).containsExactly("echo:1");
    }

    @Test
    void publishesTheVersionThatIsServed() {
        router.links.catalogueIsComplete();
        ActorDescriptor old = Actors.once("model", "1", Actors.method("call", 4, 0));
        ActorDescriptor young = Actors.once("model", "2", Actors.method("call", 4, 0));
        FakeHost host = router.host("host");
        host.announce(false, List.of(old, young), List.of(ready(old, "old-0")));
        host.announce(false, List.of(old, young), List.of(ready(old, "old-0"), ready(young, "young-0")));
        host.announce(false, List.of(old, young), List.of(ready(old, "old-0")));
        assertThat(frontend.catalogues()).last().isEqualTo("model:1");
        assertThat(frontend.catalogues()).contains("model:2");
    }

    @Test
    void tellsHostsNothing() {
        router.links.catalogueIsComplete();
        FakeHost host = router.host("host").runs(Actors.echo(), "echo-0");
        assertThat(host.link.written(Frame.Catalogue.class)).isEmpty();
    }

    @Test
    void tellsPeersThatTheRouterDrainsAlsoThoseThatComeThen() {
        FakeHost host = router.host("host");
        router.links.drain();
        assertThat(frontend.link.written(Frame.Drain.class)).hasSize(1);
        assertThat(host.link.written(Frame.Drain.class)).hasSize(1);
        assertThat(router.frontend("later").link.written(Frame.Drain.class)).hasSize(1);
    }
}
