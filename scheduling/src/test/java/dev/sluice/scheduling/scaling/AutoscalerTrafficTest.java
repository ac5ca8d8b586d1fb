package dev.sluice.scheduling.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole traces, with seeds, each minutes of virtual time. The need at 1.0x is ten replicas. */
class AutoscalerTrafficTest {

    private static final double NEED = 10;

    private static ScaledActor actor(double perSecond) {
        return new ScaledActor(ScaledActor.RULES, NEED * 0.7 / perSecond, 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {50, 200, 5_000})
    void goesUpWithinTwoSecondsOfAStepAndDownAMinuteAfterItsEnd(int rate) {
        for (long seed = 1; seed <= 5; seed++) {
            ScaledActor actor = actor(rate).run(Traffic.poisson(0.3 * rate, seed), 100);
            assertThat(actor.last.wanted()).isBetween(3, 4);

            actor.forget();
            actor.run(Traffic.poisson(3.0 * rate, seed), 100);
            assertThat(actor.secondsUntil(26)).isLessThanOrEqualTo(2);
            assertThat(actor.most()).isLessThanOrEqualTo(36);

            actor.run(Traffic.poisson(0.3 * rate, seed + 100), 59);
            assertThat(actor.last.wanted()).isGreaterThanOrEqualTo(28);
            actor.run(Traffic.poisson(0.3 * rate, seed + 200), 20);
            assertThat(actor.last.wanted()).isLessThanOrEqualTo(5);
            assertThat(actor.changesOfDirection()).isEqualTo(2);
        }
    }

    @Test
    void aStepAmongBurstyArrivalsIsSeenAsSoonAsThereAreEnoughOfThem() {
        for (long seed = 1; seed <= 5; seed++) {
            ScaledActor actor = actor(500).run(Traffic.gamma(150, seed), 100);
            actor.forget();
            actor.run(Traffic.gamma(1_500, seed), 20);

            assertThat(actor.secondsUntil(24)).isLessThanOrEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 10, 50, 200, 1_000, 5_000})
    void tenMinutesOfBurstyArrivalsChangeItsDirectionFourTimesAtMost(int rate) {
        for (long seed = 1; seed <= 10; seed++) {
            ScaledActor actor = actor(rate).run(Traffic.gamma(rate, seed), 600);

            assertThat(actor.changesOfDirection()).as("seed %d", seed).isLessThanOrEqualTo(4);
        }
    }

    @ParameterizedTest
    @CsvSource({"50, 1.6", "1000, 1.25", "5000, 1.15"})
    void settlesNearTheNeed(int rate, double atMost) {
        for (long seed = 1; seed <= 5; seed++) {
            ScaledActor actor = actor(rate).run(Traffic.gamma(rate, seed), 120);
            actor.forget();
            actor.run(Traffic.gamma(rate, seed + 100), 600);

            assertThat(actor.mean()).isBetween(0.95 * NEED, atMost * NEED);
        }
    }

    @Test
    void isSeldomShortOfAReplicaForLong() {
        double needed = 4.2;
        double shortOf = 0;
        for (long seed = 1; seed <= 20; seed++) {
            ScaledActor actor = new ScaledActor(ScaledActor.RULES, needed * 0.7 / 50, 1);
            actor.run(Traffic.gamma(50, seed), 60).forget();
            actor.run(Traffic.gamma(50, seed + 100), 540);
            shortOf += actor.wanted.stream().filter(each -> each < needed).count() / (20.0 * actor.wanted.size());
        }

        // 13 % of the time where it has to be as sure after a minute as it has to be at once.
        assertThat(shortOf).isLessThan(0.06);
    }

    @Test
    void followsASlowTideUpAndDown() {
        ScaledActor actor = actor(1_000);
        double worst = 1;
        for (int second = 0; second < 1_200; second++) {
            double need = NEED * (1.25 - Math.cos(second * 2 * Math.PI / 600));
            actor.run(Traffic.poisson(100 * need, second), 1);
            worst = second < 10 ? worst : Math.min(worst, actor.last.wanted() / need);
        }

        // The mean of what has come is behind what comes: instead of 70 %, up to 87 % of the replicas' time are used.
        assertThat(worst).isGreaterThan(0.8);
        assertThat(actor.changesOfDirection()).isLessThanOrEqualTo(5);
        assertThat(actor.mean()).isLessThan(1.35 * 1.25 * NEED);
    }

    @Test
    void goesToZeroWhenNothingComesForLongAndBackAtTheFirstQuery() {
        ScalingRules rules = new ScalingRules(0, 100, 0.7, Duration.ofSeconds(10), Duration.ofSeconds(60));
        ScaledActor actor = new ScaledActor(rules, 0.002, 0).run(Traffic.poisson(1_000, 1), 60);
        assertThat(actor.last.wanted()).isBetween(3, 4);

        actor.run(Traffic.NONE, 30);
        assertThat(actor.last.wanted()).isEqualTo(1);
        actor.run(Traffic.NONE, 29);
        assertThat(actor.last.wanted()).isEqualTo(1);
        actor.run(Traffic.NONE, 13);
        assertThat(actor.last.wanted()).isZero();

        assertThat(actor.arrive(1).wanted()).isEqualTo(1);
        actor.forget();
        actor.run(Traffic.poisson(1_000, 2), 5);
        assertThat(actor.secondsUntil(3)).isLessThanOrEqualTo(2);
    }

    @Test
    void oneLargeBurstIsNoReasonForManyReplicasWhereItMayWait() {
        ScaledActor patient = actor(10);
        patient.secondsPerQuery = 0.001;
        patient.sloSeconds = 30;
        patient.run(Traffic.NONE, 60).arrive(1_000);
        patient.run(Traffic.NONE, 30);

        assertThat(patient.most()).isEqualTo(1);
    }
}
