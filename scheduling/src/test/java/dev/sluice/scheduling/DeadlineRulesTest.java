package dev.sluice.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the deadline scheduler does once it knows how long batches take; times in milliseconds. */
class DeadlineRulesTest {

    @Test
    void refusesOnArrivalWhatCannotBeAnsweredInTime() {
        Rig rig = new Rig(1, 8, Rig.linear(1, 10)).warm(8);
        rig.ask(100);

        Queued hopeless = rig.ask(15);

        assertThat(rig.refused).containsExactly((Rig.Ask) hopeless);
        assertThat(rig.view().turnedAway(Reason.UNMEETABLE)).isEqualTo(1);
    }

    @Test
    void acceptsTheSameQueryWhenAReplicaIsFree() {
        Rig rig = new Rig(2, 8, Rig.linear(1, 10)).warm(8);
        rig.ask(100);

        rig.ask(15);
        rig.advance(20);

        assertThat(rig.refused).isEmpty();
        assertThat(rig.good).hasSize(2);
    }

    @Test
    void refusesNothingWhileItKnowsNothing() {
        Rig rig = new Rig(1, 8, Rig.linear(1, 10));
        rig.ask(100);

        rig.ask(1);

        assertThat(rig.refused).isEmpty();
    }

    @Test
    void oneColdBatchSpeaksOfNoLargerOnes() {
        boolean[] warm = new boolean[1];
        Rig rig = new Rig(1, 64, (size, replica, at) -> warm[0] ? size : 3_000);
        rig.ask(30_000);
        rig.advance(3_000);
        warm[0] = true;

        // Many of them together would take far too long, if the first one said what a query costs; they need not come
        // together.
        for (int round = 0; round < 4; round++) {
            for (int i = 0; i < 3; i++) {
                rig.ask(30_000);
                rig.advance(0.1);
            }
            rig.advance(100);
        }

        assertThat(rig.refused).isEmpty();
        assertThat(rig.shed).isEmpty();
        assertThat(rig.good).hasSize(13);
    }

    @Test
    void aBatchIsAsLargeAsItsMostUrgentQueryAllows() {
        Rig rig = new Rig(1, 64, Rig.linear(1, 10)).warm(64);
        rig.ask(200);
        rig.askEvery(0.1, 40, 60);
        rig.forget();
        rig.advance(10);

        // 11 ms have gone by since the first of the 40 came; what is left is enough for less than 40.
        assertThat(rig.batches).hasSize(1);
        int size = rig.batches.get(0).size();
        assertThat(size).isBetween(20, 39);
        rig.advance(200);
        assertThat(rig.late).isEmpty();
    }

    @Test
    void aHastyClassGoesBeforeAPatientOne() {
        Rig rig = new Rig(1, 4, Rig.linear(1, 10)).warm(4);
        rig.ask(500);
        Queued patient = rig.ask(500);
        Queued hasty = rig.ask(60);
        rig.forget();
        rig.advance(11);

        assertThat(rig.batches).hasSize(1);
        assertThat(rig.batches.get(0).get(0)).isSameAs(hasty);
        assertThat(rig.batches.get(0).get(1))
                .as("rides along, since there is room")
                .isSameAs(patient);
    }

    @Test
    void nothingLateAndMostOfWhatIsPossibleUnderFiveTimesTheLoad() {
        // A batch of 16 takes 26 ms: 4 replicas do 2.46 queries/ms at the best size under 33 ms.
        Rig rig = new Rig(4, 16, Rig.linear(1, 10)).warm(16);
        rig.askEvery(0.08, 12_500, 40);
        rig.advance(100);

        assertThat(rig.late).isEmpty();
        assertThat(rig.good.size()).as("in 1,000 ms").isGreaterThan((int) (0.94 * 2_461));
        assertThat(rig.shed.size()).as("told late, of all that was refused").isLessThan(rig.refused.size() / 100);
    }

    @Test
    void aGreedyTenantLeavesTheOthersTheirPart() {
        Rig rig = new Rig(2, 16, Rig.linear(1, 4)).warm(16);
        List<Rig.Ask> modest = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            if (i % 8 == 0) {
                modest.add(rig.ask(60, "modest", 0));
            } else {
                rig.ask(60, "greedy", 0);
            }
            rig.advance(0.25);
        }
        rig.advance(100);

        List<Rig.Ask> served = new ArrayList<>(modest);
        served.retainAll(new java.util.HashSet<>(rig.good));
        assertThat(served.size()).as("of %d", modest.size()).isGreaterThan((int) (0.97 * modest.size()));
        assertThat(rig.good.size()).as("the greedy one gets the rest").isGreaterThan((int) (0.9 * 1.6 * 5_000));
    }

    @Test
    void theLowerPriorityIsShedFirst() {
        Rig rig = new Rig(2, 16, Rig.linear(1, 4)).warm(16);
        List<Rig.Ask> high = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            Rig.Ask ask = rig.ask(60, "", i % 2 == 0 ? 1 : 4);
            if (i % 2 == 0) {
                high.add(ask);
            }
            rig.advance(0.4);
        }
        rig.advance(100);

        List<Rig.Ask> served = new ArrayList<>(high);
        served.retainAll(new java.util.HashSet<>(rig.good));
        assertThat(served.size()).as("of %d", high.size()).isGreaterThan((int) (0.97 * high.size()));
        assertThat(rig.good.size()).as("the others get the rest").isGreaterThan(served.size());
    }

    @Test
    void sharesAreWeighted() {
        DeadlineSettings settings = DeadlineSettings.DEFAULT.withTenantWeights(Map.of("large", 3.0));
        Rig rig = new Rig(2, 16, Rig.linear(1, 4), settings).warm(16);
        for (int i = 0; i < 20_000; i++) {
            rig.ask(60, i % 2 == 0 ? "large" : "small", 0);
            rig.advance(0.2);
        }
        long large =
                rig.good.stream().filter(ask -> ask.tenant().equals("large")).count();

        assertThat((double) large / rig.good.size()).isBetween(0.7, 0.8);
    }

    @Test
    void aFewQueriesAtOnceAreNotHeldToSharesWhileAllHaveTime() {
        Rig rig = new Rig(1, 8, Rig.linear(0, 100)).warm(8);
        for (int i = 0; i < 20; i++) {
            rig.ask(10_000, i % 2 == 0 ? "one" : "other", 0);
            rig.advance(1);
        }
        for (int i = 0; i < 10; i++) {
            rig.ask(8_000, "", 0);
            rig.advance(1);
        }
        rig.advance(1_000);

        assertThat(rig.refused).isEmpty();
        assertThat(rig.good).hasSize(30);
    }

    @Test
    void aBurstIsNotHeldToSharesForAHastyQueryOfLongAgo() {
        Rig rig = new Rig(1, 8, Rig.linear(0, 100)).warm(8);
        rig.ask(110);
        rig.advance(1_000);
        for (int i = 0; i < 20; i++) {
            rig.ask(8_000, i % 2 == 0 ? "one" : "other", 0);
            rig.advance(0.5);
        }
        rig.advance(1_000);

        assertThat(rig.refused).isEmpty();
    }

    @Test
    void aModestTenantGetsItsPartOfOneReplicaWithLongBatches() {
        Rig rig = new Rig(1, 1, Rig.linear(0, 60)).warm(1);
        List<Rig.Ask> modest = new ArrayList<>();
        for (int i = 0; i < 6_000; i++) {
            rig.ask(100, "greedy", 0);
            if (i % 15 == 7) {
                modest.add(rig.ask(100, "modest", 0));
            }
            rig.advance(10);
        }

        List<Rig.Ask> served = new ArrayList<>(modest);
        served.retainAll(new java.util.HashSet<>(rig.good));
        assertThat(served.size())
                .as("of 400, which are less than half of what the replica can do")
                .isGreaterThan(300);
        assertThat(rig.good.size()).as("of the 1,000 that fit").isGreaterThan(960);
    }

    @Test
    void whoFindsAReplicaIdleIsNotHeldToAShare() {
        Rig rig = new Rig(1, 1, Rig.linear(0, 60)).warm(1);
        for (int i = 0; i < 10; i++) {
            rig.ask(400, i % 4 < 2 ? "one" : "other", 0);
            rig.advance(61);
        }

        assertThat(rig.refused).isEmpty();
        assertThat(rig.good).hasSize(10);
    }

    @Test
    void aDeferringSchedulerWaitsAsLongAsTheDeadlineAllows() {
        DeadlineSettings settings = DeadlineSettings.DEFAULT.withDeferral(true);
        Rig eager = new Rig(4, 16, Rig.linear(1, 4)).warm(16);
        Rig deferring = new Rig(4, 16, Rig.linear(1, 4), settings).warm(16);
        for (Rig rig : List.of(eager, deferring)) {
            rig.askEvery(1, 2_000, 100);
            rig.advance(200);
        }

        assertThat(deferring.attainment()).isEqualTo(1);
        assertThat(deferring.batches.size()).isLessThan(eager.batches.size() / 2);
    }

    @Test
    void aCancelledQueryCostsNoReplicaTime() {
        Rig rig = new Rig(1, 16, Rig.linear(1, 4)).warm(16);
        rig.ask(100);
        Queued gone = rig.ask(100);
        assertThat(rig.scheduler.remove(gone)).isTrue();
        rig.forget();
        rig.advance(100);

        assertThat(rig.batches).isEmpty();
    }

    @Test
    void showsWhatItLearnt() {
        Rig rig = new Rig(2, 16, Rig.linear(1, 4)).warm(16);
        rig.askEvery(0.4, 5_000, 60);
        SchedulerView view = rig.view();

        assertThat(view.queues()).hasSize(1);
        SchedulerView.QueueView queue = view.queues().get(0);
        assertThat(queue.sloNanos()).isEqualTo(60_000_000);
        assertThat(queue.targetBatch()).isEqualTo(16);
        assertThat(queue.perSecond()).isBetween(2_300.0, 2_700.0);
        assertThat(queue.typicalNanos()).isBetween(19_000_000L, 21_000_000L);
        assertThat(view.drainNanos()).as("in what time to try again").isBetween(1L, 60_000_000L);
        assertThat(view.turnedAway(Reason.UNMEETABLE) + view.turnedAway(Reason.OVERLOADED))
                .isEqualTo(rig.refused.size());
        assertThat(view.tenants()).hasSize(1);
    }
}
