package dev.sluice.router.dispatch;

import static dev.sluice.router.dispatch.FakeHost.bodies;
import static dev.sluice.router.dispatch.FakeHost.ready;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.membership.Announcement;
import dev.sluice.common.membership.Announcement.State;
import dev.sluice.common.wire.Frame;
import dev.sluice.router.testing.FakeLink.SentBatch;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What hosts announce is what they are given. */
class AnnouncingTest {

    private final RouterFixture router = new RouterFixture();
    private final FakeFrontend frontend = router.frontend("frontend");
    private final FakeHost host = router.host("host");

    @AfterEach
    void nothingStays() {
        router.assertNothingStays();
    }

    @Test
    void givesBatchesToReadyReplicasOnly() {
        Announcement.Replica starting = new Announcement.Replica("counter-0", "counter", "1", State.STARTING, "");
        Announcement.Replica failed = new Announcement.Replica("counter-1", "counter", "1", State.FAILED, "no model");
        host.announce(false, List.of(Actors.counter()), List.of(starting, failed));
        frontend.query("counter", "x");
        assertThat(host.batches()).isEmpty();
        host.announce(false, List.of(Actors.counter()), List.of(ready(Actors.counter(), "counter-0"), failed));
        assertThat(host.batch().replica()).isEqualTo("counter-0");
    }

    @Test
    void knowsTheRoutersThatHostsAreLinkedWithWhileTheyAre() {
        FakeHost other = router.host("other");
        assertThat(router.links.namedRouters()).isEmpty();
        host.announce(linkedWith("router-0", "router-1"));
        other.announce(linkedWith("router-1", "router-2"));
        assertThat(router.links.namedRouters()).containsExactlyInAnyOrder("router-0", "router-1", "router-2");
        other.link.close("gone");
        router.time.run();
        assertThat(router.links.namedRouters()).containsExactlyInAnyOrder("router-0", "router-1");
        assertThat(router.links.links()).containsExactlyInAnyOrder(frontend.link, host.link);
    }

    private static Announcement linkedWith(String... routers) {
        Announcement.Placing placing =
                new Announcement.Placing(List.of(), List.of(), List.of(), List.of(), List.of(routers));
        return new Announcement(8, false, List.of(), List.of(), "", Optional.of(placing));
    }

    @Test
    void takesTheSameAnnouncementAgainForARenewalOnly() {
        host.runs(Actors.counter(), "counter-0");
        frontend.query("counter", "x");
        host.batch();
        host.runs(Actors.counter(), "counter-0");
        frontend.query("counter", "y");
        assertThat(host.batches()).as("the replica is still running").isEmpty();
    }

    @Test
    void letsAReplicaThatIsGoneFinishWhatItHas() {
        host.runs(Actors.counter(), "counter-0");
        long query = frontend.query("counter", "x");
        SentBatch batch = host.batch();
        host.runs(Actors.counter());
        frontend.query("counter", "y");
        host.answer(batch);
        assertThat(frontend.outcome(query)).containsExactly("re x");
        assertThat(host.batches()).isEmpty();
        host.runs(Actors.counter(), "counter-1");
        assertThat(host.batch().replica()).isEqualTo("counter-1");
    }

    @Test
    void givesADrainingHostNothingNewAndLetsItFinish() {
        FakeHost other = router.host("other");
        host.runs(Actors.counter(), "counter-0");
        long query = frontend.query("counter", "x");
        SentBatch batch = host.batch();
        host.announce(true, List.of(Actors.counter()), List.of(ready(Actors.counter(), "counter-0")));
        frontend.query("counter", "y");
        host.answer(batch);
        assertThat(frontend.outcome(query)).containsExactly("re x");
        assertThat(host.batches()).isEmpty();
        other.runs(Actors.counter(), "counter-0");
        assertThat(bodies(other.batch())).containsExactly("y");
    }

    @Test
    void takesANodeThatLinksAgainForTheNewOne() {
        host.runs(Actors.counter(), "counter-0");
        FakeHost again = router.host("host").runs(Actors.counter(), "counter-0");
        assertThat(host.link.closedFor()).isEqualTo("the same node linked again");
        assertThat(router.dispatcher("counter").replicaCount()).isEqualTo(1);
        frontend.query("counter", "x");
        assertThat(again.batches()).hasSize(1);
        assertThat(frontend.link.isOpen()).isTrue();
    }

    @Test
    void knowsAFrontendFromAHostOfTheSameName() {
        router.frontend("host");
        assertThat(host.link.isOpen()).isTrue();
    }

    @Test
    void usesNewSettingsOfAnActorForWhatWaitsAlready() {
        host.runs(Actors.once("one", "1", Actors.method("call", 1, 0)), "one-0");
        frontend.query("one", "runs");
        SentBatch running = host.batch();
        frontend.query("one", "a");
        frontend.query("one", "b");
        host.runs(Actors.once("one", "1", Actors.method("call", 8, 0)), "one-0");
        host.answer(running);
        assertThat(bodies(host.batch())).containsExactly("a", "b");
    }

    @Test
    void ordersByDeadlineWhereTheActorAsksForIt() {
        host.runs(Actors.scheduled(Actors.once("one", "1", Actors.method("call", 1, 0)), "deadline"), "one-0");
        frontend.query("one", "runs");
        SentBatch running = host.batch();
        frontend.query("one", "call", "", Duration.ofSeconds(9), "relaxed");
        frontend.query("one", "call", "", Duration.ofSeconds(1), "urgent");
        host.answer(running);
        assertThat(bodies(host.batch())).containsExactly("urgent");
    }

    @Test
    void givesUpQueriesOfAMethodThatIsGone() {
        ActorDescriptor both = Actors.with(Actors.counter(), Actors.method("reset", 1, 0));
        host.runs(both, "counter-0");
        frontend.query("counter", "runs");
        host.batch();
        long query = frontend.query("counter", "reset", "", Duration.ofSeconds(9), "x");
        host.runs(Actors.counter(), "counter-0");
        assertThat(frontend.outcome(query)).containsExactly("NOT_FOUND");
        assertThat(frontend.sentence(query)).contains("reset");
    }

    @Test
    void servesTheOtherActorsOfAHostThatAnnouncesOneItCannotSchedule() {
        ActorDescriptor odd = Actors.scheduled(Actors.once("odd", "1", Actors.method("call", 1, 0)), "by mood");
        ActorDescriptor none = Actors.once("none", "1", Actors.method("call", 0, 0));
        ActorDescriptor echo = Actors.echo();
        host.announce(
                false,
                List.of(odd, none, echo),
                List.of(ready(odd, "odd-0"), ready(none, "none-0"), ready(echo, "echo-0")));
        assertThat(host.link.isOpen()).isTrue();
        frontend.query("echo", "x");
        assertThat(host.batches()).hasSize(1);
        assertThat(frontend.outcome(frontend.query("odd", "x"))).containsExactly("NOT_FOUND");
        assertThat(frontend.outcome(frontend.query("none", "x"))).containsExactly("NOT_FOUND");
    }

    @Test
    void keepsAnActorAsItWasWhereItIsAnnouncedAnewInAWayThatCannotBe() {
        host.runs(Actors.echo(), "echo-0");
        host.runs(Actors.scheduled(Actors.echo(), "by mood"), "echo-0");
        assertThat(host.link.isOpen()).isTrue();
        assertThat(router.dispatcher("echo").descriptor().scheduler()).isEqualTo("fifo");
    }

    @Test
    void endsTheLinkOfAHostThatAnnouncesNonsense() {
        FakeHost other = router.host("other").runs(Actors.echo(), "echo-0");
        host.link.receive(new Frame.Announce("{\"slots\": ".getBytes(StandardCharsets.UTF_8)));
        router.time.run();
        assertThat(host.link.closedFor()).contains("Announcement");
        assertThat(other.link.isOpen()).isTrue();
    }

    @Test
    void ignoresAReplicaOfAnActorThatIsNotAnnounced() {
        host.announce(false, List.of(), List.of(ready(Actors.echo(), "echo-0")));
        assertThat(frontend.outcome(frontend.query("echo", "x"))).containsExactly("NOT_FOUND");
    }

    @Test
    void servesTwoVersionsAndTheNewestWhereNoneIsNamed() {
        ActorDescriptor nine = Actors.once("model", "1.9", Actors.method("call", 4, 0));
        ActorDescriptor ten = Actors.once("model", "1.10", Actors.method("call", 4, 0));
        host.announce(false, List.of(ten, nine), List.of(ready(nine, "old"), ready(ten, "new")));
        frontend.query("model", "x");
        assertThat(host.batch().replica()).isEqualTo("new");
        frontend.query("model", "call", "1.9", Duration.ofSeconds(1), "y");
        assertThat(host.batch().replica()).isEqualTo("old");

        host.announce(false, List.of(ten, nine), List.of(ready(nine, "old")));
        frontend.query("model", "z");
        assertThat(host.batches())
                .as("the old one, which runs y, is asked for z")
                .isEmpty();
        long gone = frontend.query("model", "call", "1.10", Duration.ofMillis(10), "z");
        router.time.advance(Duration.ofMillis(10));
        assertThat(frontend.outcome(gone)).containsExactly("EXPIRED");
    }
}
