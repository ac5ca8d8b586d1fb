package dev.sluice.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FleetTest {

    private final Fleet fleet = new Fleet();

    /** A batch of one takes 100. */
    private void learn(TrackedReplica replica, long now) {
        fleet.sent(replica, "call", 1, now - 100);
        fleet.ended(replica, "call", 1, now);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -50, Long.MAX_VALUE - 50, Long.MIN_VALUE})
    void saysWhenReplicasAreLikelyToBeFree(long start) {
        TrackedReplica first = fleet.join("a", start);
        TrackedReplica second = fleet.join("b", start);
        learn(first, start);
        assertThat(fleet.freeAt(1, 100, start)).isEqualTo(start);

        fleet.sent(first, "call", 1, start);
        fleet.sent(second, "call", 1, start + 30);

        assertThat(fleet.freeAt(0, 100, start + 30)).isEqualTo(start + 100);
        assertThat(fleet.freeAt(1, 100, start + 30)).isEqualTo(start + 130);
        assertThat(fleet.freeAt(2, 100, start + 30)).as("the first, once more").isEqualTo(start + 200);
    }

    @Test
    void whatIsOverdueIsExpectedToTakeAsLongAgain() {
        TrackedReplica replica = fleet.join("a", 0);
        learn(replica, 0);
        fleet.sent(replica, "call", 1, 0);

        assertThat(fleet.freeAt(0, 100, 140)).isEqualTo(180);
    }

    @Test
    void aReplicaThatIsGoneIsNotCountedOn() {
        TrackedReplica first = fleet.join("a", 0);
        TrackedReplica second = fleet.join("b", 0);
        fleet.leave(first);

        assertThat(fleet.best()).isSameAs(second);
        assertThat(fleet.size()).isEqualTo(1);
        fleet.ended(first, "call", 1, 10);
        assertThat(fleet.freeCount()).isEqualTo(1);
    }

    @Test
    void theReplicaThatIsFreeForLongestIsChosenAmongEquals() {
        TrackedReplica first = fleet.join("a", 0);
        TrackedReplica second = fleet.join("b", 0);
        fleet.sent(first, "call", 1, 0);
        fleet.ended(first, "call", 1, 100);

        assertThat(fleet.best()).isSameAs(second);
    }

    @Test
    void aStagedBatchBeginsWhenTheOneBeforeItEnds() {
        TrackedReplica replica = fleet.join("a", 0);
        learn(replica, 0);
        fleet.sent(replica, "call", 1, 0);
        fleet.open(replica, 90);
        assertThat(fleet.best()).isSameAs(replica);
        fleet.sent(replica, "call", 1, 90);
        assertThat(fleet.best()).isNull();
        assertThat(fleet.freeAt(0, 100, 90)).isEqualTo(200);

        fleet.ended(replica, "call", 1, 100);
        assertThat(replica.isFree()).isFalse();
        fleet.ended(replica, "call", 1, 200);

        assertThat(replica.isFree()).isTrue();
        assertThat(fleet.profile().typicalNanos("call", 1)).isEqualTo(100);
    }

    @Test
    void oneThatWorksForOthersIsFreeWhenItSaysSo() {
        TrackedReplica replica = fleet.join("a", 0);
        fleet.sent(replica, "call", 1, 0);
        fleet.refused(replica);
        assertThat(fleet.best()).isNull();

        fleet.freed(replica, 50);

        assertThat(fleet.best()).isSameAs(replica);
    }

    @Test
    void explorationTellsTheTimesBeforeAnyTraffic() {
        TrackedReplica replica = fleet.join("a", 0);
        for (int rows : LatencyProfile.sizesToExplore(24)) {
            fleet.explored(replica, "call", rows, 100 + 10 * rows, 0);
        }

        assertThat(LatencyProfile.sizesToExplore(24)).containsExactly(1, 2, 4, 8, 16, 24);
        assertThat(LatencyProfile.sizesToExplore(1)).containsExactly(1);
        assertThat(fleet.profile().typicalNanos("call", 24)).isEqualTo(340);
        assertThat(fleet.best()).isSameAs(replica);
    }

    @Test
    void aRoomBehindARunningBatchIsNotFreeNow() {
        TrackedReplica replica = fleet.join("a", 0);
        learn(replica, 0);
        fleet.sent(replica, "call", 1, 0);
        fleet.open(replica, 80);

        assertThat(fleet.freeAt(0, 100, 80)).isEqualTo(100);
        assertThat(fleet.idleCount()).isZero();
        assertThat(fleet.freeCount()).isEqualTo(1);
    }

    @Test
    void aReplicaWithNothingToDoGoesBeforeARoom() {
        TrackedReplica running = fleet.join("a", 0);
        TrackedReplica idle = fleet.join("b", 0);
        learn(running, 0);
        fleet.sent(running, "call", 1, 0);
        fleet.open(running, 90);
        fleet.sent(idle, "call", 1, 0);
        fleet.ended(idle, "call", 1, 95);

        assertThat(fleet.best()).isSameAs(idle);
    }

    @Test
    void aStagedBatchThatIsRefusedIsNotWaitedFor() {
        TrackedReplica replica = fleet.join("a", 0);
        learn(replica, 0);
        fleet.sent(replica, "call", 1, 0);
        fleet.open(replica, 90);
        fleet.sent(replica, "call", 1, 90);
        assertThat(fleet.freeAt(0, 100, 91)).isEqualTo(200);

        fleet.refused(replica);

        assertThat(fleet.freeAt(0, 100, 91)).isEqualTo(100);
    }

    @Test
    void whenTheOthersAreBusyOneThatIsLeftAloneIsNotFreeNow() {
        TrackedReplica first = fleet.join("a", 0);
        TrackedReplica second = fleet.join("b", 0);
        for (int i = 0; i < 40 && !first.isShunned(); i++) {
            learn(second, 100 * i);
            fleet.sent(first, "call", 1, 100 * i);
            fleet.failed(first, 100 * i);
        }
        assertThat(first.isShunned()).isTrue();
        fleet.sent(second, "call", 1, 4_000);

        assertThat(fleet.best()).isNull();
        assertThat(fleet.freeAt(0, 100, 4_000)).isEqualTo(4_100);
        assertThat(fleet.freeAt(1, 100, 4_000)).isGreaterThan(99_000_000);
        fleet.readmit(4_000_000_000L);
        assertThat(fleet.freeAt(0, 100, 4_000_000_000L)).isEqualTo(4_000_000_000L);
        assertThat(fleet.best()).isSameAs(first);
    }

    @Test
    void theOrderOfTheFreeHoldsWhenSpeedsChange() {
        TrackedReplica first = fleet.join("a", 0);
        TrackedReplica second = fleet.join("b", 0);
        TrackedReplica third = fleet.join("c", 0);
        for (TrackedReplica replica : new TrackedReplica[] {first, second, third}) {
            for (int i = 0; i < 3; i++) {
                fleet.explored(replica, "call", 1, 100, i);
            }
        }
        for (int i = 0; i < 9; i++) {
            fleet.explored(first, "call", 1, 500, 10 + 500L * i);
        }

        assertThat(first.slowdown()).isEqualTo(5);
        assertThat(fleet.best()).isSameAs(second);
    }
}
