package dev.sluice.router.fleet.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.router.fleet.goal.Rollout;
import dev.sluice.router.fleet.rollout.SimulatedRollout.Behaviour;
import dev.sluice.router.fleet.rollout.SimulatedRollout.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RolloutJudgeTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
    private static final Verdict WAIT = new Verdict.Wait();
    private static final Behaviour WELL = new Behaviour(0, 10, 0.5, 0);

    private final RolloutJudge judge = new RolloutJudge(60 * SECOND);
    private VersionCounts current = counts(5_000, 70, 5_000 * 10 * MILLI);
    private VersionCounts candidate = VersionCounts.NONE;

    private Verdict judge(Rollout rollout, boolean ready, int failures, long now) {
        return judge(rollout, new Replicas(ready ? 1 : 0, 1, false), failures, now);
    }

    private Verdict judge(Rollout rollout, Replicas replicas, int failures, long now) {
        return judge.judge(rollout, replicas, new Failed(failures, false, "no model"), current, candidate, now);
    }

    private Verdict judge(int weight, boolean ready, long now) {
        return judge(SimulatedRollout.rollout(weight, false), ready, 0, now);
    }

    private static VersionCounts counts(long answered, long failed, long nanos) {
        return SimulatedRollout.counts(answered, failed, nanos);
    }

    private static VersionCounts more(VersionCounts counts, int answered, int failed, long nanosEach) {
        return counts(
                counts.answered() + answered,
                counts.failed() + failed,
                SimulatedRollout.nanos(counts) + answered * nanosEach);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE, Long.MAX_VALUE - 5_000_000_000L})
    void holdsEachWeightForItsTimeAndPromotesAfterTheLast(long start) {
        assertThat(judge(5, true, start)).isEqualTo(WAIT);
        assertThat(judge(5, true, start + 10 * SECOND - 1)).isEqualTo(WAIT);
        assertThat(judge(5, true, start + 10 * SECOND)).isEqualTo(new Verdict.Advance(25));
        assertThat(judge(5, true, start + 11 * SECOND)).as("not written yet").isEqualTo(new Verdict.Advance(25));
        assertThat(judge(25, true, start + 11 * SECOND)).isEqualTo(WAIT);
        assertThat(judge(25, true, start + 21 * SECOND)).isEqualTo(new Verdict.Advance(50));
        assertThat(judge(50, true, start + 22 * SECOND)).isEqualTo(WAIT);
        assertThat(judge(50, true, start + 32 * SECOND)).isEqualTo(new Verdict.Advance(100));
        assertThat(judge(100, true, start + 32 * SECOND)).isEqualTo(WAIT);
        assertThat(judge(100, true, start + 42 * SECOND)).isEqualTo(new Verdict.Promote());
    }

    @Test
    void goesToTheNextStepFromAWeightThatIsNone() {
        judge(30, true, 0);
        assertThat(judge(30, true, 10 * SECOND)).isEqualTo(new Verdict.Advance(50));
    }

    @Test
    void countsAStepsTimeOnlyWhileTheCandidateIsReady() {
        judge(5, false, 0);
        assertThat(judge(5, false, 30 * SECOND)).isEqualTo(WAIT);
        assertThat(judge(5, true, 31 * SECOND)).isEqualTo(WAIT);
        assertThat(judge(5, true, 35 * SECOND)).isEqualTo(WAIT);
        assertThat(judge(5, false, 39 * SECOND)).isEqualTo(WAIT);
        assertThat(judge(5, true, 48 * SECOND)).as("begins anew").isEqualTo(WAIT);
        assertThat(judge(5, true, 49 * SECOND)).isEqualTo(new Verdict.Advance(25));
    }

    @Test
    void movesNoWeightBeforeTheCandidateIsReadyThoughItsStepTakesNoTime() {
        Rollout usual = SimulatedRollout.rollout(5, false);
        Rollout atOnce = new Rollout(usual.candidate(), 5, false, usual.steps(), Duration.ZERO, usual.limits());
        assertThat(judge(atOnce, false, 0, 0)).isEqualTo(WAIT);
        assertThat(judge(atOnce, true, 0, 1)).isEqualTo(new Verdict.Advance(25));
    }

    @Test
    void doesNotMoveAWeightThatIsHeldAndStillWatchesIt() {
        Rollout held = SimulatedRollout.rollout(5, true);
        assertThat(judge(held, true, 0, 0)).isEqualTo(WAIT);
        assertThat(judge(held, true, 0, 500 * SECOND)).isEqualTo(WAIT);
        candidate = more(candidate, 0, 10, 0);
        assertThat(judge(held, true, 0, 501 * SECOND)).isInstanceOf(Verdict.RollBack.class);
    }

    @Test
    void goesOnAtOnceWhenAHeldWeightIsLetGo() {
        judge(SimulatedRollout.rollout(5, true), true, 0, 0);
        assertThat(judge(5, true, 20 * SECOND)).isEqualTo(new Verdict.Advance(25));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, Long.MAX_VALUE - 59_000_000_000L})
    void goesBackWhenItsReplicasAreNotReadyInTime(long start) {
        judge(5, false, start);
        assertThat(judge(5, false, start + SECOND / 2)).isEqualTo(WAIT);
        assertThat(judge(5, false, start + 60 * SECOND - 1)).isEqualTo(WAIT);
        assertThat(judge(5, false, start + 60 * SECOND))
                .isEqualTo(new Verdict.RollBack("Its replicas were not ready within 60 s."));
    }

    @Test
    void isPatientAnewAfterTheCandidateWasReadyAndAtEachWeight() {
        judge(5, false, 0);
        judge(5, true, 50 * SECOND);
        assertThat(judge(5, false, 109 * SECOND)).isEqualTo(WAIT);
        assertThat(judge(25, false, 109 * SECOND)).isEqualTo(WAIT);
        assertThat(judge(25, false, 168 * SECOND)).isEqualTo(WAIT);
        assertThat(judge(25, false, 169 * SECOND)).isInstanceOf(Verdict.RollBack.class);
    }

    @Test
    void goesBackWhenItsReplicasFailToStartThreeTimes() {
        Rollout rollout = SimulatedRollout.rollout(5, false);
        assertThat(judge(rollout, false, 2, 0)).isEqualTo(WAIT);
        assertThat(judge(rollout, true, 3, 1)).as("enough of them run").isEqualTo(WAIT);
        assertThat(judge(rollout, false, 3, 2)).isEqualTo(new Verdict.RollBack("Its replicas do not start: no model"));
    }

    @Test
    void doesNotSayThatItDoesNotStartWhereItServedBefore() {
        Failed stuck = new Failed(3, true, "It was stuck.");
        assertThat(judge.judge(
                        SimulatedRollout.rollout(5, false), new Replicas(0, 1, false), stuck, current, candidate, 0))
                .isEqualTo(new Verdict.RollBack("Its replicas fail again and again: It was stuck."));
    }

    @Test
    void judgesNothingThatWasBeforeIt() {
        candidate = counts(0, 1_000, 0);
        assertThat(judge(5, true, 0)).isEqualTo(WAIT);
        assertThat(judge(5, true, 10 * SECOND)).isEqualTo(new Verdict.Advance(25));
    }

    @Test
    void comparesOverAllWeightsTogether() {
        judge(5, true, 0);
        candidate = more(candidate, 0, 1, 0);
        assertThat(judge(5, true, 10 * SECOND)).isEqualTo(new Verdict.Advance(25));
        assertThat(judge(25, true, 10 * SECOND)).isEqualTo(WAIT);
        candidate = more(candidate, 0, 2, 0);
        assertThat(judge(25, true, 11 * SECOND)).isInstanceOf(Verdict.RollBack.class);
    }

    @Test
    void takesNoFewerThanThreeFailuresForAReason() {
        judge(5, true, 0);
        candidate = more(candidate, 0, 2, 0);
        assertThat(judge(5, true, 1)).isEqualTo(WAIT);
        candidate = more(candidate, 0, 1, 0);
        assertThat(judge(5, true, 2))
                .isEqualTo(new Verdict.RollBack("3 of its 3 queries failed (100.0 %), and 1.0 % are allowed."));
    }

    @ParameterizedTest
    @CsvSource({"1000, 15, false", "1000, 60, true", "100000, 1050, false", "100000, 1700, true"})
    void allowsTheMarginAndWhatChanceMayAdd(int queries, int failed, boolean isTooMany) {
        judge(50, true, 0);
        current = more(current, queries, 0, 10 * MILLI);
        candidate = more(candidate, queries - failed, failed, 10 * MILLI);
        assertThat(judge(50, true, 1)).isInstanceOf(isTooMany ? Verdict.RollBack.class : Verdict.Wait.class);
    }

    @Test
    void allowsAsMuchAsTheCurrentVersionFails() {
        judge(50, true, 0);
        current = more(current, 700, 300, 10 * MILLI);
        candidate = more(candidate, 700, 300, 10 * MILLI);
        assertThat(judge(50, true, 1)).isEqualTo(WAIT);
        candidate = more(candidate, 0, 200, 0);
        assertThat(judge(50, true, 2)).isInstanceOf(Verdict.RollBack.class);
    }

    @Test
    void allowsAllWhereTheCurrentVersionAlwaysFails() {
        judge(50, true, 0);
        current = more(current, 0, 1_000, 0);
        candidate = more(candidate, 0, 1_000, 0);
        assertThat(judge(50, true, 1)).isEqualTo(WAIT);
    }

    /** Looks that differ a little; answers the last verdict. */
    private Verdict looks(int count, int answered, long currentNanos, long candidateNanos) {
        Verdict verdict = judge(50, true, 0);
        for (int look = 1; look <= count; look++) {
            long off = look % 2 * MILLI;
            current = more(current, answered, 0, currentNanos + off);
            candidate = more(candidate, answered, 0, candidateNanos + off);
            verdict = judge(50, true, look);
        }
        return verdict;
    }

    @Test
    void goesBackWhenItsQueriesTakeLongerThanTheMargin() {
        assertThat(looks(20, 10, 20 * MILLI, 40 * MILLI))
                .isEqualTo(new Verdict.RollBack("Its batches take 40.5 ms, and 30.8 ms are allowed."));
    }

    @Test
    void saysWhatSpeaksForACandidate() {
        Rollout rollout = SimulatedRollout.rollout(50, false);
        assertThat(judge.proof(rollout)).isEqualTo("its time is over, though it has had too few to be judged by");
        looks(200, 10, 20 * MILLI, 20 * MILLI);
        assertThat(judge.proof(rollout)).isEqualTo("it has proved itself with all queries");
    }

    @Test
    void saysWhereNothingSaysHowLongItTakes() {
        candidate = new VersionCounts(0, 0, 0, Map.of());
        judge(50, true, 0);
        candidate = new VersionCounts(1_000, 0, 0, Map.of());
        current = more(current, 1_000, 0, 10 * MILLI);
        judge(50, true, 1);
        assertThat(judge.proof(SimulatedRollout.rollout(50, false)))
                .isEqualTo("it has proved itself with all queries, though no run times could be compared");
    }

    @Test
    void letsPassWhatIsWithinTheMargin() {
        assertThat(looks(200, 10, 20 * MILLI, 29 * MILLI)).isEqualTo(WAIT);
    }

    @Test
    void judgesNoLatencyFromFewLooksOrFewQueries() {
        assertThat(looks(19, 10, 20 * MILLI, 200 * MILLI)).isEqualTo(WAIT);
        RolloutJudgeTest fewer = new RolloutJudgeTest();
        assertThat(fewer.looks(49, 1, 20 * MILLI, 200 * MILLI)).isEqualTo(WAIT);
        assertThat(new RolloutJudgeTest().looks(50, 1, 20 * MILLI, 200 * MILLI)).isInstanceOf(Verdict.RollBack.class);
    }

    @Test
    void judgesNoLatencyByOneLookThatWasSlow() {
        looks(100, 10, 20 * MILLI, 20 * MILLI);
        current = more(current, 10, 0, 20 * MILLI);
        candidate = more(candidate, 10, 0, 3_000 * MILLI);
        assertThat(judge(50, true, 101)).isEqualTo(WAIT);
    }

    @Test
    void judgesNoLatencyWhereTheCurrentVersionsIsUncertain() {
        judge(50, true, 0);
        for (int look = 1; look <= 20; look++) {
            current = more(current, 10, 0, (look % 2 == 0 ? 1 : 39) * MILLI);
            candidate = more(candidate, 10, 0, 36 * MILLI);
            assertThat(judge(50, true, look)).isEqualTo(WAIT);
        }
    }

    private static List<Outcome> outcomes(int seeds, double perSecond, Behaviour current, Behaviour candidate) {
        return LongStream.range(0, seeds)
                .mapToObj(seed -> new SimulatedRollout(seed, perSecond).run(current, candidate))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "50, 0, 0.5, 0",
        "50, 0, 1.5, 0",
        "50, 0, 0.5, 0.02",
        "50, 0.01, 0.5, 0",
        "50, 0.05, 0, 0",
        "10, 0.05, 0, 0",
        "2, 0.05, 0, 0",
        "10, 0.2, 0, 0"
    })
    void sendsBackLessThanOneInAHundredHealthyVersions(double perSecond, double failing, double spread, double pauses) {
        Behaviour alike = new Behaviour(failing, 10, spread, pauses);
        List<Outcome> outcomes = outcomes(1_000, perSecond, alike, alike);
        assertThat(outcomes).filteredOn(outcome -> !outcome.isPromoted()).hasSizeLessThan(10);
    }

    @ParameterizedTest
    @CsvSource({"2, 0", "50, 0", "100, 0", "50, 0.01"})
    void sendsAVersionThatAlwaysFailsBackWithinItsFirstTenQueries(double perSecond, double currentFailing) {
        assertThat(outcomes(300, perSecond, WELL.failing(currentFailing), WELL.failing(1)))
                .allSatisfy(outcome -> {
                    assertThat(outcome.verdict()).isInstanceOf(Verdict.RollBack.class);
                    assertThat(outcome.queries()).isLessThanOrEqualTo(10);
                });
    }

    @Test
    void sendsAVersionBackThatFailsOneInTen() {
        List<Outcome> outcomes = outcomes(300, 50, WELL, WELL.failing(0.1));
        assertThat(outcomes).noneMatch(Outcome::isPromoted);
        assertThat(outcomes.stream().mapToLong(Outcome::queries).average().orElseThrow())
                .isLessThan(150);
    }

    @Test
    void sendsAVersionBackThatTakesTwiceAsLong() {
        assertThat(outcomes(100, 50, WELL, WELL.slower(2))).noneMatch(Outcome::isPromoted);
    }

    @Test
    void promotesAVersionThatIsALittleSlower() {
        assertThat(outcomes(100, 50, WELL, WELL.slower(1.3))).allMatch(Outcome::isPromoted);
    }

    /** So many looks in each of which each version is asked ten times; answers the last verdict. */
    private Verdict turnsAway(int weight, int looks, int ofCurrent, int ofCandidate) {
        Verdict verdict = judge(weight, true, 0);
        for (int look = 1; look <= looks; look++) {
            current = turningAway(current, ofCurrent);
            candidate = turningAway(candidate, ofCandidate);
            verdict = judge(weight, true, look);
        }
        return verdict;
    }

    private static VersionCounts turningAway(VersionCounts counts, int ofTen) {
        return new VersionCounts(
                counts.answered() + 10 - ofTen, counts.failed(), counts.turnedAway() + ofTen, counts.runs());
    }

    @ParameterizedTest
    @CsvSource({"5, 0, 10", "5, 0, 4", "5, 2, 6", "50, 0, 2", "50, 2, 5"})
    void goesBackWhereItLeavesMoreWithoutAnAnswer(int weight, int ofCurrent, int ofCandidate) {
        assertThat(turnsAway(weight, 20, ofCurrent, ofCandidate)).isInstanceOf(Verdict.RollBack.class);
    }

    @ParameterizedTest
    @CsvSource({"5, 0, 2", "5, 5, 9", "50, 0, 1", "50, 8, 10", "100, 0, 10"})
    void letsPassWhatTheLoadMayHaveDone(int weight, int ofCurrent, int ofCandidate) {
        assertThat(turnsAway(weight, 100, ofCurrent, ofCandidate)).isEqualTo(WAIT);
    }

    @Test
    void tellsHowManyHaveNoAnswer() {
        assertThat(turnsAway(5, 20, 0, 10))
                .isEqualTo(new Verdict.RollBack("100.0 % of its queries are not answered, and 26.0 % are allowed."));
    }

    @Test
    void movesNoWeightBeforeEnoughQueriesHaveShownWhatItIs() {
        judge(5, true, 0);
        current = more(current, 1_000, 0, 10 * MILLI);
        candidate = more(candidate, 49, 0, 10 * MILLI);
        assertThat(judge(5, true, 10 * SECOND)).isEqualTo(WAIT);
        assertThat(judge.isProven(SimulatedRollout.rollout(5, false))).isFalse();
        candidate = more(candidate, 1, 0, 10 * MILLI);
        assertThat(judge(5, true, 11 * SECOND)).isEqualTo(new Verdict.Advance(25));
        assertThat(judge.isProven(SimulatedRollout.rollout(5, false))).isTrue();
    }

    @Test
    void isNotPromotedWhereOnlyTheOtherIsCalled() {
        judge(5, true, 0);
        for (int second = 1; second <= 1_000; second++) {
            current = more(current, 100, 0, 10 * MILLI);
            assertThat(judge(5, true, second * SECOND)).isEqualTo(WAIT);
        }
    }

    @Test
    void goesOnByTimeAloneOnceNobodyCallsEither() {
        judge(5, true, 0);
        current = more(current, 1_000, 0, 10 * MILLI);
        assertThat(judge(5, true, 12 * SECOND)).isEqualTo(WAIT);
        assertThat(judge(5, true, 22 * SECOND - 1)).isEqualTo(WAIT);
        assertThat(judge(5, true, 22 * SECOND)).isEqualTo(new Verdict.Advance(25));
    }

    @Test
    void goesOnByTimeAloneWhereTheActorIsHardlyCalled() {
        judge(5, true, 0);
        current = more(current, 49, 0, 10 * MILLI);
        assertThat(judge(5, true, 10 * SECOND)).isEqualTo(new Verdict.Advance(25));
    }

    private Verdict judge(Replicas replicas, long now) {
        return judge(SimulatedRollout.rollout(25, false), replicas, 0, now);
    }

    @Test
    void waitsWhereItsReplicasHaveNoPlace() {
        judge(new Replicas(0, 1, true), 0);
        assertThat(judge(new Replicas(0, 1, true), 1_000 * SECOND)).isEqualTo(WAIT);
        assertThat(judge(new Replicas(0, 1, false), 1_059 * SECOND)).isEqualTo(WAIT);
        assertThat(judge(new Replicas(0, 1, false), 1_060 * SECOND)).isInstanceOf(Verdict.RollBack.class);
    }

    @Test
    void takesTimeWithoutSlotsOutOfItsPatienceAndBeginsItNotAnew() {
        judge(new Replicas(0, 1, false), 0);
        judge(new Replicas(0, 1, false), 40 * SECOND);
        judge(new Replicas(0, 1, true), 41 * SECOND);
        judge(new Replicas(0, 1, true), 500 * SECOND);
        assertThat(judge(new Replicas(0, 1, false), 520 * SECOND - 1)).isEqualTo(WAIT);
        assertThat(judge(new Replicas(0, 1, false), 520 * SECOND)).isInstanceOf(Verdict.RollBack.class);
    }

    @Test
    void isPatientAnewWithEachThatIsReadyButNotWhereOneComesBack() {
        judge(new Replicas(0, 3, false), 0);
        judge(new Replicas(1, 3, false), 50 * SECOND);
        judge(new Replicas(0, 3, false), 60 * SECOND);
        judge(new Replicas(1, 3, false), 100 * SECOND);
        assertThat(judge(new Replicas(1, 3, false), 110 * SECOND - 1)).isEqualTo(WAIT);
        assertThat(judge(new Replicas(1, 3, false), 110 * SECOND)).isInstanceOf(Verdict.RollBack.class);
    }

    @Test
    void doesNotWaitForReplicasThatAreWantedSinceTheStepBegan() {
        judge(new Replicas(1, 1, false), 0);
        judge(new Replicas(1, 3, true), 5 * SECOND);
        assertThat(judge(new Replicas(1, 3, false), 10 * SECOND)).isEqualTo(new Verdict.Advance(50));
    }

    @Test
    void waitsForNoMoreReplicasThanAreWantedNow() {
        judge(new Replicas(1, 3, false), 0);
        assertThat(judge(new Replicas(1, 1, false), SECOND)).isEqualTo(WAIT);
        assertThat(judge(new Replicas(1, 1, false), 10 * SECOND)).isEqualTo(new Verdict.Advance(50));
    }
}
