package dev.sluice.scheduling.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.scheduling.MethodLoad;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class AutoscalerTest {

    private static final long SECOND = 1_000_000_000;
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private static ScalingRules between(int min, int max) {
        return new ScalingRules(min, max, 0.5, MINUTE, Duration.ofMinutes(5));
    }

    @Test
    void needsTheRateTimesTheCostOverTheUtilisation() {
        ScaledActor actor = new ScaledActor(between(1, 100), 0.02, 1).run(Traffic.even(200), 30);

        assertThat(actor.last)
                .isEqualTo(new ScalingDecision(8, 8, "200.0 queries/s need 8.0 replicas at 50 % utilisation: 8 stay."));
    }

    @Test
    void addsUpWhatItsMethodsNeed() {
        Autoscaler autoscaler = new Autoscaler(between(1, 100));
        ScalingDecision decision = autoscaler.decide(new Observation(List.of(), 1, 0), 0);
        for (int i = 1; i <= 120; i++) {
            decision = autoscaler.decide(
                    new Observation(
                            List.of(
                                    new MethodLoad("small", 25L * i, 25L * i, 0, 0, 20e6, SECOND),
                                    new MethodLoad("rows", 5L * i, 500L * i, 0, 0, 2e6, SECOND)),
                            1,
                            0),
                    i * SECOND / 4);
        }

        assertThat((double) decision.needed()).isCloseTo((100 * 0.02 + 2_000 * 0.002) / 0.5, within(0.1));
        assertThat(decision.wanted()).isEqualTo(12);
    }

    @Test
    void keepsWithinItsBoundsAndSaysSo() {
        ScaledActor held = new ScaledActor(between(1, 5), 0.02, 1).run(Traffic.even(200), 30);
        ScaledActor kept = new ScaledActor(between(3, 5), 0.02, 1).run(Traffic.even(1), 30);

        assertThat(held.last.wanted()).isEqualTo(5);
        assertThat(held.last.needed()).isEqualTo(8);
        assertThat(held.last.reason()).endsWith(": 5 stay, the most allowed; 8 are needed.");
        assertThat(kept.wanted).containsOnly(3);
        assertThat(kept.last.needed()).isEqualTo(1);
    }

    @Test
    void takesNothingAwayBeforeItHasLookedForLongEnough() {
        ScaledActor actor = new ScaledActor(between(1, 100), 0.02, 20).run(Traffic.even(200), 59);
        assertThat(actor.wanted).containsOnly(20);

        actor.run(Traffic.even(200), 3);
        assertThat(actor.last.wanted()).isBetween(8, 13);
        actor.run(Traffic.even(200), 60);
        assertThat(actor.last.wanted()).isBetween(8, 9);
    }

    @Test
    void saysWhyItGoesUpAndDown() {
        ScaledActor actor = new ScaledActor(between(0, 100), 0.02, 0);
        assertThat(actor.last.reason()).isEqualTo("Nothing came yet: 0 stay.");
        assertThat(actor.arrive(1).reason()).isEqualTo("Queries come: up from 0 to 1.");

        actor.run(Traffic.even(4_000), 1);
        assertThat(actor.last.wanted()).isGreaterThan(100 - 1);
        actor.run(Traffic.NONE, 59);
        assertThat(actor.last.wanted()).isEqualTo(100);
        String reason = actor.last.reason();
        while (actor.last.wanted() == 100) {
            reason = actor.run(Traffic.NONE, 0.25).last.reason();
        }
        assertThat(reason).matches("\\d+ sufficed for 1m: down from 100 to \\d+\\.");
    }

    @Test
    void saysSoWhenItGoesToZero() {
        ScaledActor actor = new ScaledActor(between(0, 100), 0.02, 1).run(Traffic.NONE, 299);
        assertThat(actor.wanted).containsOnly(1);

        actor.run(Traffic.NONE, 5);
        assertThat(actor.last.wanted()).isZero();
        actor.forget();
        assertThat(actor.run(Traffic.NONE, 400).wanted).as("stays at zero").containsOnly(0);
    }

    @Test
    void hasOneReplicaWhileQueriesComeOfWhichNothingIsKnown() {
        ScaledActor actor = new ScaledActor(between(0, 100), 0, 0);
        assertThat(actor.run(Traffic.NONE, 1).last.wanted()).isZero();

        assertThat(actor.run(Traffic.even(10_000), 30).last.wanted()).isEqualTo(1);
        assertThat(actor.most()).isEqualTo(1);
    }

    @Test
    void reckonsWithWhatCameBeforeAnythingWasKnown() {
        ScaledActor actor = new ScaledActor(between(0, 100), 0, 0).run(Traffic.even(200), 30);
        actor.secondsPerQuery = 0.02;

        assertThat(actor.run(Traffic.even(200), 0.25).last.wanted()).isEqualTo(8);
    }

    @Test
    void queriesThatWaitAreAReasonForAReplicaEvenIfNobodyCountedThem() {
        ScaledActor actor = new ScaledActor(between(0, 100), 0, 0);
        actor.queued = 1;

        assertThat(actor.run(Traffic.NONE, 0.25).last.wanted()).isEqualTo(1);
    }

    @Test
    void worksABacklogOffWithinItsSlo() {
        ScaledActor actor = new ScaledActor(between(1, 100), 0.02, 4);
        actor.sloSeconds = 10;
        actor.run(Traffic.even(50), 30);
        assertThat(actor.last.wanted()).isEqualTo(4);

        // 60 s of work in 10 s, beside the one replica that is kept busy.
        actor.queued = 3_000;
        actor.run(Traffic.even(50), 0.25);
        assertThat(actor.last.wanted()).isEqualTo(7);
        assertThat(actor.last.reason()).contains("What waits and what comes take", "up from 4 to 7");
    }

    @Test
    void aBacklogThatItsReplicasCanWorkOffIsNoReasonForMore() {
        ScaledActor actor = new ScaledActor(between(1, 100), 0.02, 4);
        actor.sloSeconds = 10;
        actor.queued = 1_000;

        assertThat(actor.run(Traffic.even(50), 30).wanted).containsOnly(4);
    }

    @Test
    void whatExpiresBeforeAReplicaHasStartedIsNoReasonForOne() {
        ScaledActor actor = new ScaledActor(between(1, 100), 0.02, 4);
        actor.sloSeconds = 0.1;
        actor.queued = 100;

        assertThat(actor.run(Traffic.even(50), 30).wanted).containsOnly(4);
    }

    @Test
    void oneQueryOfManyRowsIsNoReasonForMoreReplicasThanCanWorkOnIt() {
        Autoscaler autoscaler = new Autoscaler(between(1, 100));
        MethodLoad none = new MethodLoad("call", 0, 0, 0, 0, 1e6, 2 * SECOND);
        MethodLoad huge = new MethodLoad("call", 1, 100_000, 1, 100_000, 1e6, 2 * SECOND);
        autoscaler.decide(new Observation(List.of(none), 1, 0), 0);

        assertThat(autoscaler
                        .decide(new Observation(List.of(huge), 1, 0), SECOND)
                        .wanted())
                .isEqualTo(1);
    }

    @Test
    void followsOtherRulesAtOnce() {
        ScaledActor actor = new ScaledActor(between(1, 100), 0.02, 1).run(Traffic.even(200), 30);
        actor.autoscaler.follow(between(10, 100));
        assertThat(actor.run(Traffic.even(200), 0.25).last.wanted()).isEqualTo(10);
        actor.autoscaler.follow(between(1, 3));
        assertThat(actor.run(Traffic.even(200), 0.25).last.wanted()).isEqualTo(3);
        actor.autoscaler.follow(new ScalingRules(1, 100, 1, Duration.ZERO, MINUTE));
        assertThat(actor.run(Traffic.even(200), 1).last.wanted()).isBetween(4, 5);
    }

    @Test
    void aSchedulerThatBeginsAnewIsNoFallAndNoStep() {
        ScaledActor actor = new ScaledActor(between(1, 100), 0.02, 1).run(Traffic.even(200), 120);
        assertThat(actor.last.wanted()).isEqualTo(8);
        actor.forget();
        actor.queries = 0;

        assertThat(actor.run(Traffic.even(200), 120).wanted).containsOnly(8);
    }

    @Test
    void whatASchedulerThatBeganAnewHasCountedCameSince() {
        Autoscaler autoscaler = new Autoscaler(new ScalingRules(0, 100, 0.5, Duration.ZERO, Duration.ofSeconds(1)));
        MethodLoad old = new MethodLoad("call", 1_000, 1_000, 0, 0, 20e6, SECOND);
        for (int i = 0; i < 40; i++) {
            autoscaler.decide(new Observation(List.of(old), 0, 0), i * SECOND / 4);
        }
        MethodLoad anew = new MethodLoad("call", 5, 5, 0, 0, 20e6, SECOND);

        assertThat(autoscaler
                        .decide(new Observation(List.of(old), 0, 0), 10 * SECOND)
                        .wanted())
                .isZero();
        assertThat(autoscaler
                        .decide(new Observation(List.of(anew), 0, 0), 10 * SECOND)
                        .wanted())
                .isEqualTo(1);
    }

    @Test
    void goesToZeroAfterTheTimesThatItWasGivenHoweverBusyTheMinuteWas() {
        Duration second = Duration.ofSeconds(1);
        Autoscaler autoscaler = new Autoscaler(new ScalingRules(0, 100, 0.5, second, second));
        long offered = 0;
        for (int i = 0; i <= 120; i++) {
            offered += 25;
            MethodLoad load = new MethodLoad("call", offered, offered, 0, 0, 20e6, SECOND);
            autoscaler.decide(new Observation(List.of(load), 4, 0), i * SECOND / 4);
        }
        MethodLoad still = new MethodLoad("call", offered, offered, 0, 0, 20e6, SECOND);
        int wanted = 0;
        for (int i = 121; i <= 132; i++) {
            wanted = autoscaler
                    .decide(new Observation(List.of(still), 4, 0), i * SECOND / 4)
                    .wanted();
        }
        assertThat(wanted).as("3 s after the last query").isZero();
    }

    @Test
    void whatWasCountedBeforeItLookedIsNoBurst() {
        Autoscaler autoscaler = new Autoscaler(between(0, 100));
        MethodLoad busy = new MethodLoad("call", 1_000_000, 1_000_000, 0, 0, 20e6, SECOND);

        assertThat(autoscaler.decide(new Observation(List.of(busy), 0, 0), 0).wanted())
                .isEqualTo(1);
        assertThat(autoscaler
                        .decide(new Observation(List.of(busy), 0, 0), SECOND)
                        .wanted())
                .isEqualTo(1);
    }

    @Test
    void theHistoryOfAMethodThatIsGoneGoesWithIt() {
        Autoscaler autoscaler = new Autoscaler(new ScalingRules(1, 100, 0.5, Duration.ZERO, MINUTE));
        ScalingDecision decision = autoscaler.decide(new Observation(List.of(), 1, 0), 0);
        for (int i = 1; i <= 40; i++) {
            MethodLoad load = new MethodLoad("old", 50L * i, 50L * i, 0, 0, 20e6, SECOND);
            decision = autoscaler.decide(new Observation(List.of(load), 1, 0), i * SECOND / 4);
        }
        assertThat(decision.wanted()).isEqualTo(8);

        assertThat(autoscaler
                        .decide(new Observation(List.of(), 8, 0), 11 * SECOND)
                        .wanted())
                .isEqualTo(1);
    }
}
