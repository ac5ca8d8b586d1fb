package dev.sluice.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the deadline scheduler makes of replicas, hosts and clients that misbehave; times in milliseconds. */
class FaultsTest {

    @Test
    void aTenfoldChangeOfBatchTimesIsFollowedWithinAFewBatches() {
        Rig rig = new Rig(2, 8, (size, replica, now) -> (now < 1_000 ? 1 : 10) * (size + 2.0)).warm(8);
        rig.askEvery(1, 1_000, 200);
        assertThat(rig.attainment()).isEqualTo(1);
        rig.forget();
        rig.askEvery(1, 500, 200);
        int batches = rig.batches.size();
        rig.forget();
        rig.askEvery(1, 1_000, 200);

        assertThat(batches).as("batches in the half second after the change").isBetween(8, 16);
        assertThat(rig.late).isEmpty();
        assertThat(rig.fleet.profile().typicalNanos("call", 8)).isBetween(90_000_000L, 110_000_000L);
    }

    @Test
    void aTenfoldChangeForTheBetterIsFollowedToo() {
        Rig rig = new Rig(1, 8, (size, replica, now) -> (now < 1_000 ? 10 : 1) * (size + 2.0)).warm(8);
        rig.askEvery(20, 50, 200);
        rig.askEvery(2, 150, 200);
        rig.advance(200);
        rig.forget();
        rig.askEvery(2, 250, 200);
        rig.advance(200);

        assertThat(rig.attainment()).isEqualTo(1);
    }

    @Test
    void aProfileThatSaysImpossibleIsTriedAgain() {
        Rig rig = new Rig(1, 8, (size, replica, now) -> now < 10 ? 500 : 5).warm(8);
        rig.advance(100);
        rig.askEvery(10, 200, 100);
        rig.forget();
        rig.askEvery(10, 50, 100);
        rig.advance(100);

        assertThat(rig.attainment()).isEqualTo(1);
    }

    @Test
    void aSlowReplicaIsGivenWhatItCanDoInTime() {
        Rig rig = new Rig(3, 16, (size, replica, now) -> (replica == 0 ? 3 : 1) * (size + 4.0)).warm(16);
        rig.askEvery(0.3, 10_000, 60);
        rig.advance(100);

        assertThat(rig.replicas.get(0).slowdown()).isBetween(2.9, 3.1);
        assertThat(rig.late.size()).as("of 10,000").isLessThan(10);
        assertThat(rig.fleet.profile().typicalNanos("call", 16))
                .as("the slow one is not taken for the ordinary")
                .isLessThan(22_000_000);
        assertThat(rig.batchesByReplica.get(0)).as("but works").isGreaterThan(10);
    }

    @Test
    void aFreeReplicaThatIsSlowComesAfterTheOthers() {
        Rig rig = new Rig(3, 16, (size, replica, now) -> (replica == 0 ? 3 : 1) * (size + 4.0)).warm(16);
        rig.askEvery(20, 100, 200);

        assertThat(rig.batchesByReplica.getOrDefault(0, 0)).isLessThanOrEqualTo(1);
    }

    @Test
    void aReplicaThatFailsFastDoesNotAttractTheWork() {
        Rig rig = new Rig(3, 16, Rig.linear(1, 4)).warm(16);
        rig.failFast(1);
        rig.askEvery(0.5, 10_000, 100);

        assertThat(rig.batchesByReplica.get(1)).as("batches in 5 seconds").isLessThan(30);
        assertThat(rig.replicas.get(1).failureShare()).isGreaterThan(0.2);
    }

    @Test
    void ofTwoTheOneThatFailsFastDoesNotAttractTheWorkEither() {
        Rig rig = new Rig(2, 16, Rig.linear(1, 4)).warm(16);
        rig.failFast(1);
        rig.askEvery(0.5, 2_000, 100);

        assertThat(rig.batchesByReplica.get(1)).as("batches in a second").isLessThan(20);
    }

    @Test
    void theLastReplicaIsNeverLeftAlone() {
        Fleet fleet = new Fleet();
        TrackedReplica first = fleet.join("first", 0);
        TrackedReplica second = fleet.join("second", 0);
        for (int i = 0; i < 20; i++) {
            fleet.sent(first, "call", 1, i);
            fleet.failed(first, i);
        }
        for (int i = 0; i < 20; i++) {
            fleet.sent(second, "call", 1, i);
            fleet.failed(second, i);
        }

        assertThat(first.isShunned()).isTrue();
        assertThat(second.isShunned()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theLastOneIsNotLeftAloneOnceTheOthersLeave(boolean fifo) {
        Fleet fleet = new Fleet();
        List<MethodPlan> plans = List.of(new MethodPlan("call", 1, 0));
        Scheduler scheduler = fifo
                ? new FifoScheduler(plans, SchedulerContract.AMPLE, fleet)
                : new DeadlineScheduler(plans, SchedulerContract.AMPLE, fleet, DeadlineSettings.DEFAULT);
        TrackedReplica failing = fleet.join("failing", 0);
        TrackedReplica busy = fleet.join("busy", 0);
        while (!failing.isShunned()) {
            fleet.sent(failing, "call", 1, 0);
            fleet.failed(failing, 0);
        }
        fleet.sent(busy, "call", 1, 1);
        scheduler.offer(new TestQuery(1, "call", 1_000_000_000, 2, 1), 2);
        assertThat(scheduler.poll(2, 1)).isInstanceOf(Decision.WakeAt.class);

        fleet.leave(busy);

        assertThat(failing.isShunned()).isFalse();
        assertThat(fleet.best()).isSameAs(failing);
        assertThat(scheduler.poll(3, 1)).isInstanceOf(Decision.Dispatch.class);
    }

    @Test
    void whereAllThatAreLeftWereLeftAloneTheyAllGetWorkAgain() {
        Fleet fleet = new Fleet();
        List<TrackedReplica> replicas =
                List.of(fleet.join("a", 0), fleet.join("b", 0), fleet.join("c", 0), fleet.join("well", 0));
        for (TrackedReplica failing : replicas.subList(0, 2)) {
            while (!failing.isShunned()) {
                fleet.sent(failing, "call", 1, 0);
                fleet.failed(failing, 0);
            }
        }
        fleet.leave(replicas.get(3));
        assertThat(replicas.get(0).isShunned()).as("another is left").isTrue();
        fleet.leave(replicas.get(2));

        assertThat(fleet.freeCount()).isEqualTo(2);
        assertThat(fleet.hasShunned()).isFalse();
    }

    @Test
    void aReplicaThatFailedIsTriedAgain() {
        Rig rig = new Rig(2, 16, Rig.linear(1, 4)).warm(16);
        rig.failFast(1);
        rig.askEvery(0.5, 2_000, 100);
        rig.failFast(-1);
        rig.askEvery(0.5, 8_000, 100);
        rig.forget();
        rig.askEvery(0.5, 1_000, 100);

        assertThat(rig.batchesByReplica.get(1)).isGreaterThan(5);
    }

    @Test
    void aReplicaThatWasFarTooSlowIsUsedAgainOnceItIsNot() {
        Rig rig =
                new Rig(2, 16, (size, replica, now) -> (replica == 1 && now < 3_000 ? 20 : 1) * (size + 4.0)).warm(16);
        rig.askEvery(0.8, 4_000, 60);
        int before = rig.batchesByReplica.getOrDefault(1, 0);
        rig.askEvery(0.8, 10_000, 60);

        assertThat(before).as("batches in 3 seconds").isLessThan(20);
        assertThat(rig.replicas.get(1).slowdown()).isLessThan(1.25);
        assertThat(rig.batchesByReplica.get(1)).isGreaterThan(100);
    }

    @Test
    void whereAllFailNoneIsLeftAlone() {
        Rig rig = new Rig(1, 16, Rig.linear(1, 4)).warm(16);
        rig.failFast(0);
        rig.askEvery(1, 100, 100);

        assertThat(rig.batchesByReplica.get(0)).isGreaterThan(50);
    }

    @Test
    void aPauseOfTheHostDoesNotSpoilWhatWasLearnt() {
        Rig rig = new Rig(4, 16, (size, replica, now) -> size + 4.0 + (now > 980 && now < 1_000 ? 300 : 0)).warm(16);
        rig.askEvery(0.5, 2_000, 100);
        rig.askEvery(0.5, 1_000, 100);
        rig.forget();
        rig.askEvery(0.5, 4_000, 100);
        rig.advance(200);

        assertThat(rig.attainment()).isEqualTo(1);
        assertThat(rig.fleet.profile().typicalNanos("call", 16)).isLessThan(25_000_000);
    }

    @Test
    void aStampedeOfRetryingClientsDoesNotPushGoodputDown() {
        Rig rig = new Rig(2, 16, Rig.linear(1, 4)).warm(16);
        int asked = 0;
        // 16 queries take 20 ms, so 1.6/ms is all there is; 3/ms come, and each refusal is tried again at once, twice.
        for (int i = 0; i < 3_000; i++) {
            for (int attempt = 0; attempt < 3; attempt++) {
                int before = rig.refused.size();
                rig.ask(60);
                asked++;
                if (rig.refused.size() == before) {
                    break;
                }
            }
            rig.advance(1 / 3.0);
        }
        rig.advance(100);

        assertThat(asked).isGreaterThan(5_000);
        assertThat(rig.good.size()).isGreaterThan((int) (0.93 * 1_600));
        assertThat(rig.late).isEmpty();
    }

    @Test
    void shedsNothingForTheSakeOfAReplicaThatIsTooSlowForIt() {
        // The second replica needs 120 ms for what has to be done within 100, and so is always free.
        Rig rig = new Rig(2, 8, (size, replica, at) -> (size + 5) * (replica == 1 ? 20 : 1)).warm(8);

        rig.askEvery(3, 1_000, 100);

        assertThat(rig.shed).isEmpty();
        assertThat(rig.attainment()).isGreaterThan(0.99);
    }

    @Test
    void learnsThatAnActorHasBecomeSlowFromBatchesThatNobodyWaitedFor() {
        Fleet fleet = new Fleet();
        TrackedReplica replica = fleet.join("replica", 0);
        long at = 0;
        for (int i = 0; i < 20; i++) {
            at = batch(fleet, replica, at, 10, false);
        }
        double before = fleet.profile().of("call").typical(1);
        for (int i = 0; i < 20; i++) {
            at = batch(fleet, replica, at, 100, true);
        }

        assertThat(before).isBetween(9e6, 11e6);
        assertThat(fleet.profile().of("call").typical(1)).isBetween(90e6, 110e6);
    }

    @Test
    void learnsNothingFromABatchThatWasInterruptedEarly() {
        Fleet fleet = new Fleet();
        TrackedReplica replica = fleet.join("replica", 0);
        long at = 0;
        for (int i = 0; i < 20; i++) {
            at = batch(fleet, replica, at, 10, false);
        }
        for (int i = 0; i < 20; i++) {
            at = batch(fleet, replica, at, 1, true);
        }

        assertThat(fleet.profile().of("call").typical(1)).isBetween(9e6, 11e6);
    }

    @Test
    void whatIsLateForAPauseOfTheHostIsNoMoreThanWhatRanThen() {
        Rig rig = new Rig(4, 16, (size, replica, now) -> size + 4.0 + (now > 980 && now < 1_000 ? 300 : 0)).warm(16);
        rig.askEvery(0.5, 2_000, 100);
        rig.forget();
        rig.askEvery(0.5, 4_000, 100);
        rig.advance(400);

        // Four batches of at most 16 ran when the host stopped; what came in those 300 ms and found no replica was told
        // at once.
        assertThat(rig.late.size()).isLessThanOrEqualTo(4 * 16);
        assertThat(rig.shed.size()).isLessThanOrEqualTo(50 * 2);
        assertThat(rig.refused.size()).isGreaterThan(200 * 2);
    }

    @Test
    void aReplicaThatBecomesSlowWhileItServesIsNoticed() {
        Rig rig = new Rig(4, 16, (size, replica, now) -> (replica == 2 && now > 500 ? 3 : 1) * (size + 4.0)).warm(16);
        rig.askEvery(0.4, 5_000, 60);
        rig.forget();
        rig.askEvery(0.4, 5_000, 60);
        rig.advance(100);

        assertThat(rig.replicas.get(2).slowdown()).isBetween(2.5, 3.5);
        assertThat(rig.late).isEmpty();
        assertThat(rig.attainment()).isGreaterThan(0.99);
        assertThat(rig.fleet.profile().typicalNanos("call", 8)).isBetween(11_500_000L, 12_500_000L);
    }

    @Test
    void clientsThatRetryAtOnceForEverPushNobodyOut() {
        Rig rig = new Rig(2, 16, Rig.linear(1, 4)).warm(16);
        int patient = 0;
        int served = 0;
        for (int i = 0; i < 2_000; i++) {
            for (int attempt = 0; attempt < 20 && rig.refused(rig.ask(40, "stampede", 0)); attempt++) {
                rig.advance(0.01);
            }
            if (i % 10 == 0) {
                patient++;
                served += rig.refused(rig.ask(100, "patient", 0)) ? 0 : 1;
            }
            rig.advance(0.3);
        }
        rig.advance(200);

        assertThat(served).as("of %d", patient).isGreaterThanOrEqualTo((int) (0.97 * patient));
        assertThat(rig.late).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(doubles = {10, 0.1})
    void aChangeWithNoisyTimesIsFollowedWithinAFewBatchesOfEachReplica(double factor) {
        Random noise = new Random(3);
        Rig rig = new Rig(
                        4,
                        8,
                        (size, replica, now) ->
                                (now < 1_000 ? 1 : factor) * (2 * size + 4.0) * (1 + 0.1 * noise.nextGaussian()))
                .warm(8);
        rig.askEvery(1, 1_000, 800);
        rig.advance(200);
        rig.forget();
        double usual = rig.fleet.profile().typicalNanos("call", 8);
        for (int i = 0; i < 10_000 && rig.batches.size() < 16; i++) {
            rig.ask(800);
            rig.advance(1);
        }
        assertThat(rig.batches).hasSizeGreaterThanOrEqualTo(16);
        rig.advance(300);

        assertThat(rig.fleet.profile().typicalNanos("call", 8) / usual)
                .as("after 16 batches on 4 replicas")
                .isBetween(0.7 * factor, 1.4 * factor);
    }

    @ParameterizedTest
    @ValueSource(
            longs = {Long.MIN_VALUE, -2_000_000_000, 0, 1_700_000_000_000_000_000L, Long.MAX_VALUE - 2_000_000_000})
    void whatTheClockSaysMakesNoDifference(long epoch) {
        List<List<Integer>> lives = new ArrayList<>();
        for (long each : new long[] {epoch, 42}) {
            Rig rig = new Rig(
                    3,
                    16,
                    (size, replica, now) ->
                            (replica == 0 ? 3 : 1) * (size + 4.0) + (now > 2_000 && now < 2_020 ? 300 : 0),
                    DeadlineSettings.DEFAULT,
                    each);
            rig.warm(16).failFast(1);
            for (int i = 0; i < 8_000; i++) {
                rig.ask(i % 3 == 0 ? 40 : 200, "tenant " + i % 2, i % 5);
                rig.advance(0.5);
            }
            rig.advance(500);
            lives.add(
                    List.of(rig.good.size(), rig.late.size(), rig.refused.size(), rig.shed.size(), rig.batches.size()));
        }

        assertThat(lives.get(0)).isEqualTo(lives.get(1));
        assertThat(lives.get(0).get(0)).as("good").isGreaterThan(1_000);
    }

    @Test
    void whatPiledUpWhileAllReplicasWereAwayMakesNobodyHopelessOnceTheyAreBack() {
        Rig rig = new Rig(1, 16, Rig.linear(0.1, 2)).warm(16);
        alternate(rig, 500);
        TrackedReplica away = rig.replicas.remove(0);
        rig.fleet.leave(away);
        alternate(rig, 2_000);
        rig.forget();
        rig.replicas.add(rig.fleet.join(0, Rig.nanos(rig.now())));
        List<Rig.Ask> patient = alternate(rig, 200);
        rig.advance(1_000);

        assertThat(patient).hasSizeGreaterThan(10);
        assertThat(rig.refused).doesNotContainAnyElementsOf(patient);
        assertThat(rig.shed).doesNotContainAnyElementsOf(patient);
        assertThat(rig.good).containsAll(patient);
    }

    /** Asks for this time in turn with a short SLO and with a long one. Returns those with the long one. */
    private static List<Rig.Ask> alternate(Rig rig, int millis) {
        List<Rig.Ask> patient = new ArrayList<>();
        double end = rig.now() + millis;
        while (rig.now() < end) {
            rig.ask(500);
            rig.advance(6);
            patient.add(rig.ask(10_000));
            rig.advance(6);
        }
        return patient;
    }

    @Test
    void manyAtOnceOfAClassThatWasSilentAreNotHopelessWhereThereIsLittleElseToDo() {
        Rig rig = new Rig(1, 16, Rig.linear(0.1, 2)).warm(16);
        rig.ask(10_000);
        rig.askEvery(12, 200, 500);
        rig.forget();
        for (int i = 0; i < 600; i++) {
            rig.ask(10_000);
        }
        rig.advance(1_000);

        assertThat(rig.refused).isEmpty();
        assertThat(rig.good).hasSize(600);
    }

    @Test
    void manyAtOnceOfAClassThatIsNewAreNotHopelessOnAFleetThatHasNothingToDo() {
        Rig rig = new Rig(8, 16, Rig.linear(0.1, 2)).warm(16);
        rig.askEvery(12, 200, 20);
        rig.forget();
        for (int i = 0; i < 1_000; i++) {
            rig.ask(100);
        }
        rig.advance(1_000);

        assertThat(rig.refused).isEmpty();
        assertThat(rig.good).hasSize(1_000);
    }

    @Test
    void whoLetsOthersGoFirstDoesNotWaitOnceTheyAreGone() {
        Rig rig = new Rig(1, 16, Rig.linear(1, 4)).warm(16);
        for (double slo = 100; slo < 1e6; slo *= 1.5) {
            rig.ask(slo);
        }
        int taken = 23 - rig.refused.size();
        rig.advance(2_000);

        assertThat(taken).isGreaterThan(16);
        assertThat(rig.good).as("long before they would have had to").hasSize(taken);
    }

    @Test
    void manyAtOnceWithDifferentPatienceAreAllTakenWhereTheyCanAllBeServed() {
        Rig rig = new Rig(1, 16, Rig.linear(0.2, 2)).warm(16);
        List<Rig.Ask> patient = new ArrayList<>();
        for (int i = 0; i < 250; i++) {
            rig.ask(500);
            patient.add(rig.ask(10_000));
            rig.advance(0.005);
        }
        rig.advance(2_000);

        assertThat(rig.refused).doesNotContainAnyElementsOf(patient);
        assertThat(rig.good).containsAll(patient);
    }

    private static long batch(Fleet fleet, TrackedReplica replica, long at, long millis, boolean interrupted) {
        fleet.sent(replica, "call", 1, at);
        long ends = at + millis * 1_000_000;
        if (interrupted) {
            fleet.cutShort(replica, "call", 1, ends);
        } else {
            fleet.ended(replica, "call", 1, ends);
        }
        return ends;
    }
}
