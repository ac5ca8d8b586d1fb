package dev.sluice.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProbeSlotTest {

    private static final long MILLI = 1_000_000;

    private final MethodTimes times = new MethodTimes();
    private final ProbeSlot slot = new ProbeSlot();

    /** Batches take 50 ms, the luckiest 40; the last ended at 0. */
    @BeforeEach
    void learn() {
        for (int i = 0; i < 50; i++) {
            times.record(1, (i == 7 ? 40 : 50) * MILLI, 0, 0);
        }
    }

    private boolean take(long budgetMillis, boolean idle, long atMillis) {
        return slot.take(times, 1, budgetMillis * MILLI, idle, atMillis * MILLI);
    }

    @Test
    void oneIsLetInEvery100MillisecondsWhileAReplicaIsIdle() {
        assertThat(take(45, true, 10)).isTrue();
        assertThat(take(45, true, 109)).isFalse();
        assertThat(take(45, true, 110)).isTrue();
    }

    @Test
    void oneIsLetInEverySecondWhileNoneIsIdle() {
        assertThat(take(45, false, 10)).isFalse();
        assertThat(take(45, false, 1_009)).isFalse();
        assertThat(take(45, false, 1_010)).isTrue();
        assertThat(take(45, false, 1_500)).isFalse();
        assertThat(take(45, false, 2_010)).isTrue();
    }

    @Test
    void whatEvenTheLuckiestBatchCouldNotHaveDoneIsNotTried() {
        assertThat(take(39, true, 10)).isFalse();
        assertThat(take(40, true, 10)).isTrue();
    }

    @Test
    void anOldRecordMayBeWrongButNotByAnyFactor() {
        assertThat(take(4, true, 999)).isFalse();
        assertThat(take(2, true, 1_001)).isFalse();
        assertThat(take(4, true, 1_001)).isTrue();
    }

    @Test
    void thoseThatShowNothingAreLetInMoreAndMoreSeldom() {
        List<Long> letIn = new ArrayList<>();
        for (long at = 10; at < 30_000; at += 10) {
            if (take(45, true, at)) {
                letIn.add(at);
            }
        }

        assertThat(letIn).containsExactly(10L, 110L, 310L, 710L, 1_510L, 3_110L, 6_310L, 12_710L, 19_110L, 25_510L);
    }

    @Test
    void oneThatShowsSomethingIsFollowedAsSoonAsTheFirst() {
        for (long at : new long[] {10, 110, 310, 710}) {
            assertThat(take(45, true, at)).isTrue();
        }
        times.record(1, 50 * MILLI, 710 * MILLI, 760 * MILLI);

        assertThat(take(45, true, 809)).isFalse();
        assertThat(take(45, true, 810)).isTrue();
        assertThat(take(45, true, 910)).isTrue();
        assertThat(take(45, true, 1_109)).isFalse();
    }

    @Test
    void whatOnlyTheQueueStandsInTheWayOfIsNoProbe() {
        assertThat(take(100, true, 10)).isFalse();
    }

    @Test
    void eachMethodHasASlotOfItsOwn() {
        Fleet fleet = new Fleet();
        TrackedReplica replica = fleet.join("a", 0);
        DeadlineScheduler scheduler = new DeadlineScheduler(
                List.of(new MethodPlan("one", 1, 0), new MethodPlan("two", 1, 0)),
                SchedulerContract.AMPLE,
                fleet,
                DeadlineSettings.DEFAULT);
        for (String method : List.of("one", "two")) {
            fleet.explored(replica, method, 1, 50 * MILLI, 0);
        }
        long later = 2_000 * MILLI;

        assertThat(scheduler.offer(new TestQuery(1, "one", later + 30 * MILLI, later, 1), later))
                .isNull();
        assertThat(scheduler.offer(new TestQuery(2, "two", later + 30 * MILLI, later, 1), later))
                .isNull();
        assertThat(scheduler.offer(new TestQuery(3, "two", later + 30 * MILLI, later, 1), later))
                .isEqualTo(Refusal.UNMEETABLE);
    }
}
