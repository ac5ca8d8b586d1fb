package dev.sluice.sdk.host;

import static dev.sluice.sdk.host.ScriptedActor.ECHO;
import static dev.sluice.sdk.host.ScriptedVersions.spec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.membership.Announcement;
import dev.sluice.common.membership.Announcement.State;
import dev.sluice.common.membership.MembershipJson;
import dev.sluice.common.placement.Placement;
import dev.sluice.common.testing.FakeLink;
import dev.sluice.common.wire.Frame;
import dev.sluice.common.wire.ResultFrame;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Actors that come and go while a host runs. */
@Timeout(120)
class ServedActorsTest {

    private static void place(FakeLink router, Placement placement) {
        router.deliver(new Frame.Place(MembershipJson.write(placement)));
    }

    private static boolean isReady(Announcement said, int replicas) {
        return said.replicas().size() == replicas
                && said.replicas().stream().allMatch(replica -> replica.state() == State.READY);
    }

    @Test
    void startsReplicasOfWhatComesLaterAndEndsThoseOfWhatGoes() throws Exception {
        Semaphore inside = new Semaphore(0);
        Semaphore goOn = new Semaphore(0);
        HostedActor late = ScriptedActor.of("late", (inputs, sink) -> {
                    inside.release();
                    goOn.acquireUninterruptibly();
                    return ECHO.run(inputs, sink);
                })
                .hosted(2);
        try (HostRig rig = HostRig.of(ScriptedActor.of("a", ECHO).hosted(1))) {
            rig.host.start();
            FakeLink router = rig.served("router-0");
            rig.host.serve(late);
            Announcement said = HostRig.announced(router, each -> isReady(each, 3));
            assertThat(said.actors()).extracting(actor -> actor.name()).containsExactly("a", "late");

            router.deliver(rig.batches.of(1, "late-0", "x"));
            inside.acquire();
            rig.host.withdraw(late);
            HostRig.announced(router, each -> each.replicas().size() == 2);
            goOn.release();
            assertThat(router.body(router.next(ResultFrame.class)))
                    .as("what runs ends well")
                    .isEqualTo("x");
            Announcement last = HostRig.announced(router, each -> isReady(each, 1));
            assertThat(last.actors()).extracting(actor -> actor.name()).containsExactly("a");
        }
    }

    @Test
    void leavesOutWhatHasTheNameOfAConfiguredActor() throws Exception {
        try (HostRig rig = HostRig.of(ScriptedActor.of("a", ECHO).hosted(1))) {
            rig.host.start();
            rig.served("router-0");
            rig.host.serve(ScriptedActor.of("a", ECHO).hosted(1));
            rig.settle();
            assertThat(HostRig.ids(rig.host.announcement())).containsExactly("a-0");
        }
    }

    @Test
    void leavesOutASecondActorOfANameAndVersion() throws Exception {
        try (HostRig rig = HostRig.of(ScriptedActor.of("a", ECHO).hosted(1))) {
            rig.host.start();
            rig.served("router-0");
            HostedActor second = ScriptedActor.of("b", ECHO).hosted(1);
            rig.host.serve(ScriptedActor.of("b", ECHO).hosted(1));
            rig.host.serve(second);
            rig.settle();
            assertThat(HostRig.ids(rig.host.announcement())).containsExactly("a-0", "b-0");
            rig.host.withdraw(second);
            rig.settle();
            assertThat(HostRig.ids(rig.host.announcement())).containsExactly("a-0", "b-0");
        }
    }

    @Test
    void leavesToRoutersHowManyReplicasTheirActorsHave() throws Exception {
        ScriptedVersions versions = new ScriptedVersions().with("echo", ECHO);
        try (HostRig rig = HostRig.placing(4, versions)) {
            rig.host.start();
            FakeLink router = rig.router("router-0");
            place(router, new Placement("store", 1, "a", List.of(spec("1", "echo")), List.of(), List.of()));
            HostRig.announced(router, said -> !said.actors().isEmpty());
            rig.host.serve(ScriptedActor.of("a", ECHO).hosted(2));
            rig.settle();
            assertThat(rig.host.announcement().replicas()).isEmpty();
        }
    }

    @Test
    void triesAgainWhatCouldNotBeMadeWhenItsOffersChange() throws Exception {
        ScriptedVersions versions = new ScriptedVersions();
        try (HostRig rig = HostRig.placing(4, versions)) {
            rig.host.start();
            FakeLink router = rig.router("router-0");
            Placement placement = new Placement(
                    "store", 1, "a", List.of(spec("1", "echo")), List.of(new Placement.Wanted("p-1", "1")), List.of());
            place(router, placement);
            HostRig.announced(
                    router, said -> !said.placing().orElseThrow().rejected().isEmpty());
            rig.loop.submit(() -> versions.with("echo", ECHO)).awaitUninterruptibly();
            rig.host.offersChanged();
            Announcement said = HostRig.announced(router, each -> isReady(each, 1));
            assertThat(said.placing().orElseThrow().rejected()).isEmpty();
            assertThat(HostRig.ids(said)).containsExactly("p-1");
        }
    }
}
