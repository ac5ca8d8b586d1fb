package dev.sluice.sdk.host;

import static dev.sluice.common.testing.Patience.await;
import static dev.sluice.sdk.host.ScriptedActor.ECHO;
import static dev.sluice.sdk.host.ScriptedVersions.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.sluice.common.membership.Announcement;
import dev.sluice.common.membership.Announcement.Applied;
import dev.sluice.common.membership.Announcement.Offer;
import dev.sluice.common.membership.Announcement.Placing;
import dev.sluice.common.membership.Announcement.Rejected;
import dev.sluice.common.membership.Announcement.Replica;
import dev.sluice.common.membership.Announcement.State;
import dev.sluice.common.membership.MembershipJson;
import dev.sluice.common.placement.Placement;
import dev.sluice.common.placement.VersionSpec;
import dev.sluice.common.testing.FakeLink;
import dev.sluice.common.wire.Frame;
import dev.sluice.common.wire.ResultFrame;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a host does with what routers want of it. */
@Timeout(120)
class PlacementsTest {

    private final Semaphore inside = new Semaphore(0);
    private final Semaphore goOn = new Semaphore(0);
    private final AtomicInteger starts = new AtomicInteger();
    private final Semaphore mayStart = new Semaphore(0);

    private final ScriptedVersions versions = new ScriptedVersions()
            .with("echo", ECHO, () -> {
                starts.incrementAndGet();
                return null;
            })
            .with("waiting", (inputs, sink) -> {
                inside.release();
                goOn.acquireUninterruptibly();
                return ECHO.run(inputs, sink);
            })
            .with("failing", ECHO, () -> new IllegalStateException("no model"))
            .with("slow", ECHO, () -> {
                inside.release();
                mayStart.acquireUninterruptibly();
                return null;
            });

    /** Of the actor a: its version 1 is an echo, and its replicas are of that. */
    private static Placement echo(long revision, String... ids) {
        return placement(revision, List.of(spec("1", "echo")), List.of(), ids);
    }

    private static Placement placement(long revision, List<VersionSpec> known, List<String> kept, String... ids) {
        return new Placement("store", revision, "a", known, wanted(ids), kept);
    }

    private static List<Placement.Wanted> wanted(String... ids) {
        return Arrays.stream(ids)
                .map(id -> new Placement.Wanted(id, id.substring(id.indexOf('@') + 1, id.lastIndexOf('-'))))
                .toList();
    }

    private static void place(FakeLink router, Placement placement) {
        router.deliver(new Frame.Place(MembershipJson.write(placement)));
    }

    private static Map<String, State> states(Announcement said) {
        Map<String, State> states = new TreeMap<>();
        said.replicas().forEach(replica -> states.put(replica.id(), replica.state()));
        return states;
    }

    /** The next announcement with exactly these replicas, all ready. */
    private static Announcement ready(FakeLink router, String... ids) throws InterruptedException {
        Map<String, State> expected = new TreeMap<>();
        Arrays.stream(ids).forEach(id -> expected.put(id, State.READY));
        return HostRig.announced(router, said -> states(said).equals(expected));
    }

    private static Placing placing(Announcement said) {
        return said.placing().orElseThrow();
    }

    @Test
    void startsWhatARouterWantsAndAnnouncesIt() throws Exception {
        try (HostRig rig = HostRig.placing(4, versions)) {
            FakeLink router = rig.router("r0");
            List<VersionSpec> known = List.of(spec("1", "echo"), spec("2", "echo"));
            place(router, placement(7, known, List.of(), "a@1-0", "a@2-3"));
            Announcement said = ready(router, "a@1-0", "a@2-3");
            assertThat(said.replicas())
                    .extracting(Replica::actor, Replica::version)
                    .containsExactly(tuple("a", "1"), tuple("a", "2"));
            assertThat(said.actors())
                    .extracting(actor -> actor.name() + actor.version())
                    .containsExactly("a1", "a2");
            assertThat(placing(said).placed()).containsExactly("a@1-0", "a@2-3");
            assertThat(placing(said).applied()).containsExactly(new Applied("a", "store", 7));
            assertThat(placing(said).rejected()).isEmpty();
            router.deliver(rig.batches.of(1, "a@2-3", "x"));
            assertThat(router.body(router.next(ResultFrame.class))).isEqualTo("x");
        }
    }

    @Test
    void makesAVersionKnownWithoutAnyReplicaOfIt() throws Exception {
        try (HostRig rig = HostRig.placing(4, versions)) {
            FakeLink router = rig.router("r0");
            place(router, echo(1));
            Announcement said = HostRig.announced(router, all -> !all.actors().isEmpty());
            assertThat(said.actors().get(0).name()).isEqualTo("a");
            assertThat(said.replicas()).isEmpty();
        }
    }

    @Test
    void saysWhatItOffersAndWithWhichRoutersItIsLinked() throws Exception {
        try (HostRig rig = HostRig.placing(4, new ScriptedVersions().with("t", ECHO))) {
            FakeLink first = rig.router("r1");
            Placing alone = placing(HostRig.announced(first, said -> true));
            assertThat(alone.offers()).containsExactly(new Offer("java", "t"));
            assertThat(alone.routers()).containsExactly("r1");
            FakeLink second = rig.router("r0");
            assertThat(placing(HostRig.announced(first, said -> true)).routers())
                    .containsExactly("r0", "r1");
            assertThat(placing(HostRig.announced(second, said -> true)).routers())
                    .containsExactly("r0", "r1");
            second.close("gone");
            assertThat(placing(HostRig.announced(first, said -> true)).routers())
                    .containsExactly("r1");
        }
    }

    @Test
    void changesNothingAndSaysNothingWhenItIsToldTheSameAgain() throws Exception {
        try (HostRig rig = HostRig.placing(4, versions)) {
            FakeLink router = rig.router("r0");
            place(router, echo(1, "a@1-0"));
            ready(router, "a@1-0");
            FakeLink other = rig.router("r1");
            rig.settle();
            router.rest();
            place(router, echo(1, "a@1-0"));
            place(other, echo(1, "a@1-0"));
            rig.settle();
            assertThat(router.rest()).isEmpty();
            assertThat(starts).hasValue(1);
        }
    }

    @Test
    void ignoresAnOlderRevisionOfTheSameStore() throws Exception {
        try (HostRig rig = HostRig.placing(4, versions)) {
            FakeLink router = rig.router("r0");
            place(router, echo(5, "a@1-0"));
            ready(router, "a@1-0");
            router.rest();
            place(router, echo(4, "a@1-1"));
            rig.settle();
            assertThat(router.rest()).isEmpty();
            assertThat(states(rig.host.announcement())).containsOnlyKeys("a@1-0");
            place(router, echo(5, "a@1-0", "a@1-1"));
            ready(router, "a@1-0", "a@1-1");
        }
    }

    @Test
    void takesAnyRevisionOfAnotherStoreAndOfAnotherActor() throws Exception {
        try (HostRig rig = HostRig.placing(4, versions)) {
            FakeLink router = rig.router("r0");
            place(router, echo(5, "a@1-0"));
            List<VersionSpec> known = List.of(spec("1", "echo"));
            place(router, new Placement("store", 1, "b", known, wanted("b@1-0"), List.of()));
            ready(router, "a@1-0", "b@1-0");
            place(router, new Placement("other", 1, "a", known, wanted("a@1-7"), List.of()));
            Announcement said = ready(router, "a@1-7", "b@1-0");
            assertThat(placing(said).applied())
                    .containsExactly(new Applied("a", "other", 1), new Applied("b", "store", 1));
        }
    }

    @Test
    void endsItsOwnReplicasThatARouterDoesNotNameAndKeepsThoseThatItDoes() throws Exception {
        ScriptedActor own = ScriptedActor.of("a", ECHO);
        try (HostRig rig = HostRig.placing(
                8, versions, own.hosted(2), ScriptedActor.of("b", ECHO).hosted(1))) {
            rig.host.start();
            FakeLink router = rig.served("r0");
            place(router, placement(1, List.of(spec("1", "echo")), List.of("a-1", "a@1-9"), "a@1-0"));
            Announcement said = ready(router, "a-1", "b-0", "a@1-0");
            assertThat(placing(said).placed()).containsExactly("a@1-0");
            assertThat(own.closed()).isEqualTo(1);
        }
    }

    @Test
    void endsItsOwnReplicasThatItStartedLaterWhenItIsToldAgain() throws Exception {
        try (HostRig rig =
                HostRig.placing(8, versions, ScriptedActor.of("a", ECHO).hosted(1))) {
            FakeLink router = rig.router("r0");
            place(router, echo(1));
            rig.host.start();
            ready(router, "a-0");
            place(router, echo(1));
            HostRig.announced(router, said -> said.replicas().isEmpty());
        }
    }

    @Test
    void waitsWithAnIdUntilTheOneThatHasItIsGone() throws Exception {
        try (HostRig rig = HostRig.placing(4, versions)) {
            FakeLink router = rig.router("r0");
            Placement one = placement(1, List.of(spec("1", "waiting")), List.of(), "a@1-0");
            place(router, one);
            ready(router, "a@1-0");
            router.deliver(rig.batches.of(1, "a@1-0", "x"));
            inside.acquire();
            place(router, placement(2, List.of(spec("1", "waiting")), List.of()));
            Placement again = placement(3, List.of(spec("1", "waiting")), List.of(), "a@1-0");
            place(router, again);
            place(router, again);
            rig.settle();
            assertThat(states(rig.host.announcement())).isEqualTo(Map.of("a@1-0", State.STOPPING));
            goOn.release();
            HostRig.announced(router, said -> said.replicas().isEmpty());
            place(router, again);
            ready(router, "a@1-0");
        }
    }

    @Test
    void announcesWhyOneFailedUntilItIsNoLongerWanted() throws Exception {
        try (HostRig rig = HostRig.placing(4, versions)) {
            FakeLink router = rig.router("r0");
            List<VersionSpec> known = List.of(spec("1", "failing"));
            place(router, placement(1, known, List.of(), "a@1-0"));
            Announcement said = HostRig.announced(router, all -> states(all).containsValue(State.FAILED));
            assertThat(said.replicas().get(0).reason()).isEqualTo("no model");
            place(router, placement(1, known, List.of(), "a@1-0"));
            rig.settle();
            assertThat(states(rig.host.announcement())).isEqualTo(Map.of("a@1-0", State.FAILED));
            place(router, placement(1, known, List.of()));
            Announcement then = HostRig.announced(router, all -> all.replicas().isEmpty());
            assertThat(placing(then).placed()).isEmpty();
        }
    }

    @Test
    void startsNoMoreThanItHasSlotsForAndTheRestWhenItIsToldAgain() throws Exception {
        try (HostRig rig =
                HostRig.placing(3, versions, ScriptedActor.of("b", ECHO).hosted(1))) {
            rig.host.start();
            FakeLink router = rig.served("r0");
            Placement three = echo(1, "a@1-0", "a@1-1", "a@1-2");
            place(router, three);
            ready(router, "b-0", "a@1-0", "a@1-1");
            place(router, three);
            rig.settle();
            assertThat(starts).hasValue(2);
            place(router, new Placement("store", 1, "b", List.of(), List.of(), List.of()));
            ready(router, "a@1-0", "a@1-1");
            place(router, three);
            ready(router, "a@1-0", "a@1-1", "a@1-2");
        }
    }

    @Test
    void announcesVersionsThatItCannotMakeAndRunsTheOthers() throws Exception {
        versions.refusing("odd", new IllegalStateException("a fault of its own"))
                .refusing("mute", new NullPointerException());
        try (HostRig rig = HostRig.placing(8, versions)) {
            FakeLink router = rig.router("r0");
            List<VersionSpec> known =
                    List.of(spec("1", "echo"), spec("2", "nothing"), spec("3", "odd"), spec("4", "mute"));
            place(router, placement(1, known, List.of(), "a@2-0", "a@3-0", "a@4-0", "a@1-0"));
            Announcement said = ready(router, "a@1-0");
            assertThat(placing(said).rejected())
                    .containsExactly(
                            new Rejected("a", "2", "There is no 'nothing' here."),
                            new Rejected("a", "3", "a fault of its own"),
                            new Rejected("a", "4", "java.lang.NullPointerException"));
            assertThat(said.actors()).hasSize(1);
            place(router, echo(2, "a@1-0"));
            HostRig.announced(router, all -> placing(all).rejected().isEmpty());
        }
    }

    @Test
    void ignoresPlacementsWhileItDrains() throws Exception {
        try (HostRig rig = HostRig.placing(4, versions)) {
            FakeLink router = rig.router("r0");
            place(router, echo(1, "a@1-0"));
            ready(router, "a@1-0");
            rig.host.drain().join();
            place(router, echo(2, "a@1-1"));
            rig.settle();
            assertThat(states(rig.host.announcement())).isEqualTo(Map.of("a@1-0", State.READY));
            assertThat(placing(rig.host.announcement()).applied()).containsExactly(new Applied("a", "store", 1));
        }
    }

    @Test
    void finishesTheRunningAndTheStagedBatchOfOneThatIsToEndAndRefusesOthersAsBusy() throws Exception {
        try (HostRig rig = HostRig.placing(4, versions)) {
            FakeLink router = rig.router("r0");
            List<VersionSpec> known = List.of(spec("1", "waiting"));
            place(router, placement(1, known, List.of(), "a@1-0"));
            ready(router, "a@1-0");
            router.deliver(rig.batches.of(1, "a@1-0", "x"));
            router.deliver(rig.batches.staged(2, "a@1-0", "y"));
            inside.acquire();
            place(router, placement(1, known, List.of()));
            Announcement said = HostRig.announced(router, all -> states(all).containsValue(State.STOPPING));
            assertThat(placing(said).placed()).containsExactly("a@1-0");
            router.deliver(rig.batches.of(3, "a@1-0", "z"));
            assertThat(router.next(Frame.Busy.class)).isEqualTo(new Frame.Busy(3));
            router.deliver(rig.batches.staged(4, "a@1-0", "z"));
            assertThat(router.next(Frame.Busy.class)).isEqualTo(new Frame.Busy(4));
            goOn.release();
            assertThat(router.body(router.next(ResultFrame.class))).isEqualTo("x");
            inside.acquire();
            rig.settle();
            assertThat(states(rig.host.announcement())).containsValue(State.STOPPING);
            assertThat(versions.made.get(0).closed()).isZero();
            goOn.release();
            assertThat(router.body(router.next(ResultFrame.class))).isEqualTo("y");
            HostRig.announced(router, all -> all.replicas().isEmpty());
            assertThat(versions.made.get(0).closed()).isEqualTo(1);
            router.deliver(rig.batches.of(5, "a@1-0", "z"));
            assertThat(router.next(Frame.Busy.class)).as("it is gone").isEqualTo(new Frame.Busy(5));
        }
    }

    @Test
    void endsOneThatIsStartingWithoutEverBeingReady() throws Exception {
        try (HostRig rig = HostRig.placing(4, versions)) {
            FakeLink router = rig.router("r0");
            List<VersionSpec> known = List.of(spec("1", "slow"));
            place(router, placement(1, known, List.of(), "a@1-0"));
            inside.acquire();
            place(router, placement(1, known, List.of()));
            HostRig.announced(router, all -> states(all).equals(Map.of("a@1-0", State.STOPPING)));
            mayStart.release();
            HostRig.announced(router, all -> {
                assertThat(states(all)).doesNotContainValue(State.READY);
                return all.replicas().isEmpty();
            });
            assertThat(versions.made.get(0).closed()).isEqualTo(1);
        }
    }

    @Test
    void tellsThatAPlacedReplicaIsStuckAndLeavesItToTheRouterWhereTheNextOneIs() throws Exception {
        try (HostRig rig = HostRig.hasty(versions)) {
            FakeLink router = rig.router("r0");
            rig.host.start();
            Placement one = placement(1, List.of(spec("1", "waiting")), List.of(), "a@1-0");
            place(router, one);
            ready(router, "a@1-0");
            router.deliver(rig.batches.of(1, "a@1-0", "x"));
            router.next(Frame.Failed.class);
            Announcement failed = HostRig.announced(router, said -> states(said).equals(Map.of("a@1-0", State.FAILED)));
            assertThat(failed.replicas().get(0).reason()).contains("was given up");
            for (int i = 0; i < 3; i++) {
                assertThat(states(HostRig.announced(router, said -> true)))
                        .as("until the router has seen it")
                        .isEqualTo(Map.of("a@1-0", State.FAILED));
            }
            place(router, placement(2, List.of(spec("1", "waiting")), List.of()));
            HostRig.announced(router, said -> said.replicas().isEmpty());
            place(router, placement(3, List.of(spec("1", "waiting")), List.of(), "a@1-0"));
            ready(router, "a@1-0");
            goOn.release();
            await().until(() -> versions.made.get(0).closed() == 1);
        }
    }

    @Test
    void endsTheLinkOfARouterThatSendsADamagedPlacement() throws Exception {
        try (HostRig rig = HostRig.placing(4, versions)) {
            FakeLink router = rig.router("r0");
            FakeLink other = rig.router("r1");
            place(other, echo(1, "a@1-0"));
            ready(other, "a@1-0");
            for (String damaged : List.of("{\"store\":\"store\",", "[]", "{\"store\":null,\"actor\":\"a\"}", "null")) {
                FakeLink link = rig.router("r2");
                link.deliver(new Frame.Place(damaged.getBytes(StandardCharsets.UTF_8)));
                rig.settle();
                assertThat(link.isOpen()).as(damaged).isFalse();
            }
            assertThat(router.isOpen()).isTrue();
            assertThat(states(rig.host.announcement())).isEqualTo(Map.of("a@1-0", State.READY));
        }
    }
}
