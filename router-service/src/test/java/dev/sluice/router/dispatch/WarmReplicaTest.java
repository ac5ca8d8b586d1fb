package dev.sluice.router.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.membership.Announcement;
import dev.sluice.common.membership.Announcement.Explored;
import dev.sluice.common.membership.Announcement.State;
import dev.sluice.scheduling.SchedulerView;
import dev.sluice.scheduling.SchedulerView.ProfileView;
import dev.sluice.scheduling.SchedulerView.SizeView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A replica that has run batches before it serves: the router knows how long they take from the first query on. */
class WarmReplicaTest {

    private static final ActorDescriptor ACTOR = Actors.scheduled(Actors.echo(), "deadline");
    private static final long ROUND_TRIP = Duration.ofMillis(1).toNanos();

    private final RouterFixture router = new RouterFixture();
    private final FakeHost host = router.host("host");

    @AfterEach
    void nothingStays() {
        router.assertNothingStays();
    }

    private SchedulerView announced(List<Explored> explored) {
        host.link.roundTrip(ROUND_TRIP);
        host.announce(
                false,
                List.of(ACTOR),
                List.of(new Announcement.Replica("echo-0", "echo", "1", State.READY, "", explored)));
        var view = router.dispatcher("echo").batcher().view();
        router.time.run();
        return view.join();
    }

    private static Explored took(int rows, int millis) {
        return new Explored("call", rows, Duration.ofMillis(millis).toNanos());
    }

    @Test
    void teachesItsBatchTimesWithTheWayToIt() {
        List<Explored> explored = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            explored.addAll(List.of(took(1, 9), took(2, 13), took(4, 21)));
        }
        ProfileView profile = announced(explored).profiles().get(0);
        assertThat(profile.method()).isEqualTo("call");
        assertThat(profile.sizes()).extracting(SizeView::rows).containsExactly(1, 2, 4);
        assertThat(profile.sizes())
                .extracting(SizeView::medianNanos)
                .containsExactly(10_000_000L, 14_000_000L, 22_000_000L);
    }

    @Test
    void teachesTheTimesOfItsKindOfHost() {
        host.announce(new Announcement(
                8,
                false,
                List.of(ACTOR),
                List.of(new Announcement.Replica("echo-0", "echo", "1", State.READY, "", List.of(took(1, 9)))),
                "gpu-a"));
        var view = router.dispatcher("echo").batcher().view();
        router.time.run();
        assertThat(view.join().profiles()).extracting(ProfileView::kind).containsExactly("gpu-a");
        assertThat(view.join().replicas())
                .extracting(SchedulerView.ReplicaView::kind)
                .containsExactly("gpu-a");
    }

    @Test
    void isNotBelievedWhatCannotBe() {
        SchedulerView view = announced(
                List.of(new Explored("call", 0, 1), new Explored("call", 1, -1), new Explored("unheard of", 1, 1)));
        assertThat(view.profiles()).isEmpty();
    }
}
