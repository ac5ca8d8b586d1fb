package dev.sluice.router.fleet.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.membership.Announcement.Applied;
import dev.sluice.common.membership.Announcement.State;
import dev.sluice.common.placement.Placement;
import dev.sluice.router.fleet.plan.HostState;
import dev.sluice.router.fleet.plan.ReplicaState;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SentPlacementsTest {

    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final SentPlacements sent = new SentPlacements();

    /** A host that has applied revision 1 for the actor a. */
    private static HostState host(ReplicaState... replicas) {
        return host("h", 1, replicas);
    }

    private static HostState host(String nodeId, long incarnation, ReplicaState... replicas) {
        return new HostState(
                nodeId,
                incarnation,
                4,
                false,
                Set.of(),
                Arrays.asList(replicas),
                List.of(new Applied("a", "store", 1)),
                List.of());
    }

    private static ReplicaState replica(String id, State state) {
        return new ReplicaState(id, "a", "1", state, state == State.FAILED ? "why" : "", true);
    }

    private static Placement placement(String... ids) {
        return placement(1, List.of(), ids);
    }

    private static Placement placement(long revision, List<String> kept, String... ids) {
        return new Placement(
                "store",
                revision,
                "a",
                List.of(),
                Arrays.stream(ids).map(id -> new Placement.Wanted(id, "1")).toList(),
                kept);
    }

    private List<ReplicaState> seen(HostState announced, long now) {
        return sent.overlay(announced, now).replicas();
    }

    @Test
    void leavesAHostAsItIsThatWasSentNothing() {
        HostState host = host(replica("x", State.READY));
        assertThat(sent.overlay(host, 0)).isEqualTo(host);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE - 5_000_000_000L})
    void showsWhatItAskedForAsStartingUntilItIsAnnouncedOrForFiveSeconds(long at) {
        sent.sent(host(), placement("x", "y"), at);
        assertThat(seen(host(), at)).containsExactly(replica("x", State.STARTING), replica("y", State.STARTING));
        HostState announced = host(replica("x", State.READY), replica("other", State.READY));
        assertThat(seen(announced, at + SECOND))
                .containsExactly(
                        replica("x", State.READY), replica("other", State.READY), replica("y", State.STARTING));
        assertThat(seen(host(), at + 5 * SECOND - 1)).hasSize(2);
        assertThat(seen(host(), at + 5 * SECOND)).isEmpty();
    }

    @Test
    void showsWhatItAskedToEndAsStoppingForFiveSeconds() {
        HostState before = host(replica("x", State.READY), replica("y", State.STARTING));
        sent.sent(before, placement(), 0);
        assertThat(seen(before, 5 * SECOND - 1))
                .containsExactly(replica("x", State.STOPPING), replica("y", State.STOPPING));
        assertThat(sent.overlay(before, 5 * SECOND)).isEqualTo(before);
    }

    @Test
    void showsAsTheyAreThoseThatGoOnAndThoseThatFailedAndThoseOfOtherActors() {
        ReplicaState other = new ReplicaState("z", "b", "1", State.READY, "", true);
        HostState before =
                host(replica("wanted", State.READY), replica("kept", State.READY), replica("f", State.FAILED), other);
        sent.sent(before, placement(1, List.of("kept", "elsewhere"), "wanted"), 0);
        assertThat(sent.overlay(before, 1)).isEqualTo(before);
    }

    @Test
    void believesNoLongerWhatItHasToAskForAgainAndAgain() {
        for (long now = 0; now < 5 * SECOND; now += SECOND) {
            sent.sent(host(), placement("x"), now);
        }
        assertThat(seen(host(), 5 * SECOND - 1)).hasSize(1);
        assertThat(seen(host(), 5 * SECOND)).isEmpty();
    }

    @Test
    void believesAnewWhatItAsksForOnceMoreAfterThat() {
        HostState with = host(replica("y", State.READY));
        sent.sent(with, placement("x"), 0);
        sent.sent(with, placement("x"), 6 * SECOND);
        assertThat(seen(with, 11 * SECOND - 1))
                .containsExactly(replica("y", State.STOPPING), replica("x", State.STARTING));
        assertThat(sent.overlay(with, 11 * SECOND)).isEqualTo(with);
    }

    @Test
    void believesOfEachReplicaForItself() {
        sent.sent(host(), placement("x"), 0);
        sent.sent(host(), placement("x", "y"), 4 * SECOND);
        assertThat(seen(host(), 5 * SECOND)).containsExactly(replica("y", State.STARTING));
    }

    @Test
    void showsOneAsStoppingThatItAskedForAndThenNotForItMayYetComeAndGo() {
        sent.sent(host(), placement("x"), 0);
        sent.sent(host(), placement(), SECOND);
        assertThat(seen(host(), SECOND)).containsExactly(replica("x", State.STOPPING));
        HostState late = host(replica("x", State.STARTING));
        assertThat(seen(late, 6 * SECOND - 1)).containsExactly(replica("x", State.STOPPING));
        assertThat(sent.overlay(late, 6 * SECOND)).isEqualTo(late);
        assertThat(seen(host(), 6 * SECOND)).isEmpty();
    }

    @Test
    void showsNothingOfOneThatCameAndWent() {
        sent.sent(host(), placement("x", "y"), 0);
        sent.sent(host(), placement(), SECOND);
        sent.observe(List.of(host(replica("x", State.STOPPING))));
        assertThat(seen(host(), SECOND)).containsExactly(replica("y", State.STOPPING));
        sent.sent(host(replica("z", State.READY)), placement(), 2 * SECOND);
        assertThat(seen(host(), 2 * SECOND)).containsExactly(replica("y", State.STOPPING));
    }

    @Test
    void awaitsNoLongerWhatVanishesSoonAfterItCame() {
        sent.sent(host(), placement("x"), 0);
        sent.observe(List.of(host(replica("x", State.READY))));
        assertThat(seen(host(), 1)).isEmpty();
        sent.sent(host(), placement("x"), 2 * SECOND);
        assertThat(seen(host(), 7 * SECOND - 1)).as("asked for once more").hasSize(1);
    }

    @Test
    void stillShowsOneAsStoppingWhenTheNextPlacementIsSilentOfItToo() {
        HostState before = host(replica("x", State.READY));
        sent.sent(before, placement(), 0);
        sent.sent(host(), placement("y"), SECOND);
        assertThat(seen(before, 2 * SECOND))
                .containsExactly(replica("x", State.STOPPING), replica("y", State.STARTING));
        assertThat(seen(before, 5 * SECOND).get(0).state()).isEqualTo(State.READY);
    }

    @Test
    void showsOneAsStartingThatItAskedToEndAndThenWantedAgain() {
        sent.sent(host(replica("x", State.READY)), placement(), 0);
        sent.sent(host(), placement("x"), SECOND);
        assertThat(seen(host(), SECOND)).containsExactly(replica("x", State.STARTING));
        assertThat(seen(host(replica("x", State.READY)), SECOND)).containsExactly(replica("x", State.READY));
    }

    @Test
    void doesNotStartInItsMindWhatVanishedAfterItWasThere() {
        HostState before = host(replica("x", State.READY));
        sent.sent(before, placement("x"), 0);
        assertThat(seen(host(), 1)).isEmpty();
    }

    @Test
    void doesNotStartInItsMindWhatIsOnlyKept() {
        sent.sent(host(), placement(1, List.of("x")), 0);
        assertThat(seen(host(), 1)).isEmpty();
    }

    @Test
    void forgetsWhenAHostComesBackAsAnotherProcess() {
        sent.sent(host("h", 1), placement("x"), 0);
        assertThat(seen(host("h", 2), 1)).isEmpty();
        assertThat(sent.due(host("h", 2), placement("x"), 1)).isTrue();
        assertThat(seen(host("g", 1), 1)).isEmpty();
    }

    @Test
    void forgetsHostsThatAreNotLinked() {
        sent.sent(host("h", 1), placement("x"), 0);
        sent.sent(host("g", 1), placement("x"), 0);
        sent.observe(List.of(host("g", 1), host("h", 2)));
        assertThat(seen(host("h", 1), 1)).isEmpty();
        assertThat(seen(host("g", 1), 1)).hasSize(1);
    }

    @Test
    void sendsWhatIsNew() {
        assertThat(sent.due(host(), placement(), 0)).as("never sent").isTrue();
        sent.sent(host(), placement(), 0);
        assertThat(sent.due(host(), placement(), 0)).isFalse();
        assertThat(sent.due(host(), placement("x"), 0)).as("another").isTrue();
        assertThat(sent.due(host(), placement(2, List.of()), 0)).as("revision").isTrue();
        assertThat(sent.due(host("g", 1), placement(), 0)).as("elsewhere").isTrue();
        Placement ofOther = new Placement("store", 1, "b", List.of(), List.of(), List.of());
        assertThat(sent.due(host(), ofOther, 0)).as("of another actor").isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE - 999_999_999L})
    void sendsAgainAfterASecondWhatTheHostDoesNotStart(long at) {
        sent.sent(host(), placement("x"), at);
        assertThat(sent.due(host(), placement("x"), at + 1_000 * MILLI - 1)).isFalse();
        assertThat(sent.due(host(), placement("x"), at + 1_000 * MILLI)).isTrue();
        assertThat(sent.due(host(replica("x", State.STARTING)), placement("x"), at + SECOND))
                .isFalse();
        sent.sent(host(), placement("x"), at + SECOND);
        assertThat(sent.due(host(), placement("x"), at + SECOND + 1)).isFalse();
    }

    @Test
    void sendsAgainWhatTheHostDoesNotEnd() {
        HostState both = host(replica("x", State.READY), replica("kept", State.READY));
        Placement one = placement(1, List.of("kept"));
        sent.sent(both, one, 0);
        assertThat(sent.due(both, one, SECOND)).isTrue();
        assertThat(sent.due(host(replica("x", State.STOPPING), replica("kept", State.READY)), one, SECOND))
                .isFalse();
        assertThat(sent.due(host(replica("x", State.FAILED)), one, SECOND)).isTrue();
    }

    @Test
    void isNotConcernedWithReplicasOfOtherActors() {
        HostState others = host(new ReplicaState("x", "b", "1", State.READY, "", true));
        sent.sent(others, placement(), 0);
        assertThat(sent.overlay(others, 1)).isEqualTo(others);
        assertThat(sent.due(others, placement(), SECOND)).isFalse();
        sent.sent(others, placement("x"), 0);
        assertThat(sent.due(others, placement("x"), SECOND)).isTrue();
    }

    @Test
    void sendsAgainWhereAnotherRevisionOrStoreHolds() {
        sent.sent(host(), placement(2, List.of()), 0);
        assertThat(sent.due(host(), placement(2, List.of()), SECOND)).isTrue();
        Placement ofOther = new Placement("other", 1, "a", List.of(), List.of(), List.of());
        sent.sent(host(), ofOther, 0);
        assertThat(sent.due(host(), ofOther, SECOND)).isTrue();
    }
}
