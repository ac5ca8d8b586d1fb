package dev.sluice.scheduling.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.scheduling.MethodLoad;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AutoscalerExtremesTest {

    private static final long SECOND = 1_000_000_000;
    private static final ScalingRules RULES =
            new ScalingRules(0, Integer.MAX_VALUE, 0.7, Duration.ofSeconds(60), Duration.ofMinutes(5));

    private static Observation seen(long offered, int queued, double nanosPerRow, long slo, int replicas) {
        return new Observation(
                List.of(new MethodLoad("call", offered, offered, queued, queued, nanosPerRow, slo)), replicas, 0);
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 0, Long.MAX_VALUE - 45 * SECOND, Long.MAX_VALUE})
    void theClockMayStartAnywhereAndWrap(long start) {
        Autoscaler autoscaler = new Autoscaler(RULES);
        ScalingDecision decision = autoscaler.decide(seen(0, 0, 20e6, SECOND, 0), start);
        for (int i = 1; i <= 400; i++) {
            decision = autoscaler.decide(seen(70L * i, 0, 20e6, SECOND, 0), start + i * SECOND / 4);
        }

        assertThat(decision.wanted()).isEqualTo(8);
    }

    @Test
    void aClockThatStandsStillOrGoesBackDoesNoHarm() {
        Autoscaler autoscaler = new Autoscaler(RULES);
        ScalingDecision decision = autoscaler.decide(seen(0, 0, 20e6, SECOND, 0), 0);
        for (int i = 1; i <= 100; i++) {
            decision = autoscaler.decide(seen(i, 0, 20e6, SECOND, 1), i % 2 == 0 ? 0 : -SECOND);
        }

        assertThat(decision.wanted()).isBetween(1, 10);
    }

    @Test
    void anEternityBetweenTwoLooksIsOneLongTick() {
        Autoscaler autoscaler = new Autoscaler(RULES);
        autoscaler.decide(seen(0, 0, 20e6, SECOND, 5), Long.MIN_VALUE);
        autoscaler.decide(seen(10, 0, 20e6, SECOND, 5), -1);

        assertThat(autoscaler
                        .decide(seen(20, 0, 20e6, SECOND, 5), Long.MAX_VALUE - 1)
                        .wanted())
                .isEqualTo(1);
    }

    @Test
    void lookingAllTheTimeIsNoFasterThanLookingNowAndThen() {
        Autoscaler autoscaler = new Autoscaler(RULES);
        ScalingDecision decision = autoscaler.decide(seen(0, 0, 20e6, SECOND, 0), 0);
        for (int i = 1; i <= 40_000; i++) {
            decision = autoscaler.decide(seen(i / 4, 0, 20e6, SECOND, 0), i * SECOND / 1_000);
        }

        assertThat(decision.wanted()).isEqualTo(8);
    }

    @Test
    void asMuchAsCanBeAskedForIsAsManyAsThereCanBe() {
        Autoscaler autoscaler = new Autoscaler(RULES);
        autoscaler.decide(seen(0, 0, 1e300, SECOND, 0), 0);
        ScalingDecision decision =
                autoscaler.decide(seen(Long.MAX_VALUE, Integer.MAX_VALUE, 1e300, SECOND, Integer.MAX_VALUE), SECOND);

        assertThat(decision.wanted()).isEqualTo(Integer.MAX_VALUE);
        assertThat(decision.needed()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void aUtilisationOfNearlyNothingIsNoDivisionByZero() {
        Autoscaler autoscaler = new Autoscaler(new ScalingRules(0, 50, Double.MIN_VALUE, Duration.ZERO, Duration.ZERO));
        autoscaler.decide(seen(0, 0, 20e6, SECOND, 0), 0);
        assertThat(autoscaler.decide(seen(0, 0, 20e6, SECOND, 0), SECOND).wanted())
                .isZero();

        assertThat(autoscaler
                        .decide(seen(1_000, 0, 20e6, SECOND, 0), 2 * SECOND)
                        .wanted())
                .isEqualTo(50);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.NEGATIVE_INFINITY, -1, 0, Double.MIN_VALUE})
    void aCostThatIsNoneIsNotKnown(double nanosPerRow) {
        Autoscaler autoscaler = new Autoscaler(RULES);
        autoscaler.decide(seen(0, 0, nanosPerRow, SECOND, 0), 0);

        assertThat(autoscaler.decide(seen(1_000, 10, nanosPerRow, 0, 0), SECOND).wanted())
                .isEqualTo(1);
    }

    @Test
    void noMethodsAndNoReplicasAreNothingToReckonWith() {
        Autoscaler autoscaler = new Autoscaler(RULES);
        for (int i = 0; i < 1_000; i++) {
            assertThat(autoscaler
                            .decide(new Observation(List.of(), 0, 0), i * SECOND)
                            .wanted())
                    .isZero();
        }
        assertThat(new Autoscaler(RULES)
                        .decide(new Observation(List.of(), -3, -4), 0)
                        .wanted())
                .isZero();
    }

    @Test
    void whateverItIsToldItStaysWithinItsBounds() {
        SplittableRandom random = new SplittableRandom(11);
        for (int round = 0; round < 300; round++) {
            int min = random.nextInt(5);
            int max = 1 + min + random.nextInt(20);
            Autoscaler autoscaler = new Autoscaler(new ScalingRules(
                    min,
                    max,
                    1 - random.nextDouble(),
                    Duration.ofMillis(random.nextInt(5_000)),
                    Duration.ofSeconds(9)));
            long now = random.nextLong();
            for (int step = 0; step < 100; step++) {
                now += random.nextInt(10) == 0 ? random.nextLong() : random.nextInt(1_000_000_000);
                ScalingDecision decision = autoscaler.decide(
                        new Observation(
                                List.of(any("a", random), any("b", random)), random.nextInt(), random.nextInt()),
                        now);
                assertThat(decision.wanted()).isBetween(min, max);
                assertThat(decision.needed()).isNotNegative();
                assertThat(decision.reason()).endsWith(".").doesNotContain("NaN", "Infinity");
            }
        }
    }

    private static MethodLoad any(String method, SplittableRandom random) {
        return new MethodLoad(
                method,
                extreme(random),
                extreme(random),
                (int) extreme(random),
                extreme(random),
                random.nextBoolean() ? Math.pow(10, random.nextInt(-300, 300)) : Double.NaN,
                extreme(random));
    }

    private static long extreme(SplittableRandom random) {
        return switch (random.nextInt(4)) {
            case 0 -> random.nextLong();
            case 1 -> 0;
            case 2 -> Long.MAX_VALUE;
            default -> random.nextInt(1_000);
        };
    }
}
