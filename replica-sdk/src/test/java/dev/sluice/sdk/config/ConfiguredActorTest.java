package dev.sluice.sdk.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.actor.ActorScheduling;
import dev.sluice.common.actor.MethodDescriptor;
import dev.sluice.common.config.SettingRefused;
import dev.sluice.sdk.actor.ActorInstance;
import dev.sluice.sdk.actor.ActorType;
import dev.sluice.sdk.config.ActorsProperties.ActorProperties;
import dev.sluice.sdk.config.ActorsProperties.SchedulingProperties;
import dev.sluice.sdk.host.HostedActor;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class ConfiguredActorTest {

    private static final MethodDescriptor BATCHED =
            new MethodDescriptor("call", true, 16, 2_000, false, "long", "long");
    private static final MethodDescriptor SCALAR = new MethodDescriptor("one", false, 1, 0, false, "long", "long");

    /** An actor as its class says, without code. */
    private record Plain(ActorDescriptor descriptor) implements ActorType {

        static Plain with(MethodDescriptor... methods) {
            return new Plain(new ActorDescriptor("a", "3", true, 500, "fifo", "about it", List.of(methods)));
        }

        @Override
        public ActorInstance create(Map<String, String> args) {
            throw new UnsupportedOperationException();
        }
    }

    private static ActorProperties settings(Duration slo, String scheduler, Integer maxBatchSize, Duration maxWait) {
        return new ActorProperties(1, Map.of(), slo, scheduler, maxBatchSize, maxWait);
    }

    private static ActorDescriptor configured(ActorProperties settings) {
        return ConfiguredActor.of(Plain.with(BATCHED, SCALAR), settings).descriptor();
    }

    private static SettingRefused refused(ActorType type, ActorProperties settings) {
        return catchThrowableOfType(SettingRefused.class, () -> ConfiguredActor.of(type, settings));
    }

    private static SettingRefused refused(ActorProperties settings) {
        return refused(Plain.with(BATCHED, SCALAR), settings);
    }

    @Test
    void isAsItsClassSaysWhereNothingIsSet() {
        assertThat(configured(ActorsProperties.NONE))
                .isEqualTo(Plain.with(BATCHED, SCALAR).descriptor());
    }

    @Test
    void laysSettingsOverBatchedMethodsOnly() {
        ActorDescriptor configured =
                configured(settings(Duration.ofSeconds(2), "deadline", 64, Duration.ofNanos(7_500_000)));
        assertThat(configured.sloMillis()).isEqualTo(2_000);
        assertThat(configured.scheduler()).isEqualTo("deadline");
        assertThat(configured.methods())
                .containsExactly(new MethodDescriptor("call", true, 64, 7_500, false, "long", "long"), SCALAR);
        assertThat(configured.version()).isEqualTo("3");
        assertThat(configured.idempotent()).isTrue();
        assertThat(configured.description()).isEqualTo("about it");
    }

    @Test
    void takesNoWaitAtAll() {
        assertThat(configured(settings(null, null, null, Duration.ZERO))
                        .methods()
                        .get(0)
                        .maxWaitMicros())
                .isZero();
    }

    private static ActorProperties scheduling(String scheduler, SchedulingProperties scheduling) {
        return new ActorProperties(1, Map.of(), null, scheduler, null, null, scheduling);
    }

    private static SchedulingProperties hedging(Boolean hedging, Double share) {
        return new SchedulingProperties(null, hedging, share, Map.of(), null, null);
    }

    @Test
    void tellsItsRouterWhatIsSetOfItsScheduler() {
        SchedulingProperties some = new SchedulingProperties(true, true, 0.1, Map.of("acme", 2.0), 1.0, 5);
        assertThat(configured(scheduling("deadline", some)).scheduling())
                .contains(new ActorScheduling(
                        Optional.of(true),
                        Optional.of(true),
                        Optional.of(0.1),
                        Map.of("acme", 2.0),
                        Optional.of(1.0),
                        Optional.of(5)));
        assertThat(configured(ActorsProperties.NONE).scheduling()).isEmpty();
    }

    @Test
    void refusesSettingsOfASchedulerThatItDoesNotHave() {
        SettingRefused refused = refused(scheduling("fifo", hedging(true, null)));
        assertThat(refused).hasMessageContaining("sluice.actors.a.scheduling").hasMessageContaining("'fifo'");
        assertThat(refused.action()).contains("deadline");
    }

    @Test
    void refusesToHedgeWhatMustNotRunTwice() {
        Plain once = new Plain(new ActorDescriptor("a", "3", false, 500, "deadline", "", List.of(SCALAR)));
        SettingRefused refused = refused(once, scheduling(null, hedging(true, null)));
        assertThat(refused).hasMessage("sluice.actors.a.scheduling.hedging is true.");
        assertThat(refused.action()).contains("idempotent");
        assertThat(ConfiguredActor.of(once, scheduling(null, hedging(false, null)))
                        .descriptor()
                        .scheduling())
                .isPresent();
    }

    @Test
    void refusesNumbersOutOfTheirRange() {
        assertThat(refused(scheduling("deadline", hedging(null, 1.5))))
                .hasMessage("sluice.actors.a.scheduling.hedge-share is 1.5.");
        assertThat(refused(scheduling(
                        "deadline", new SchedulingProperties(null, null, null, Map.of("acme", 0.0), null, null))))
                .hasMessage("sluice.actors.a.scheduling.tenant-weights.acme is 0.0.");
        assertThat(refused(scheduling("deadline", new SchedulingProperties(null, null, null, Map.of(), 0.5, null))))
                .hasMessage("sluice.actors.a.scheduling.priority-weight is 0.5.");
        assertThat(refused(scheduling("deadline", new SchedulingProperties(null, null, null, Map.of(), null, 0))))
                .hasMessage("sluice.actors.a.scheduling.most-tenants is 0.");
    }

    @Test
    void refusesASchedulerThatThereIsNot() {
        SettingRefused refused = refused(settings(null, "lifo", null, null));
        assertThat(refused).hasMessage("sluice.actors.a.scheduler is lifo.");
        assertThat(refused.action()).contains("fifo").contains("deadline");
    }

    @Test
    void refusesAnSloOfNothingOrOfForEver() {
        for (Duration slo : List.of(
                Duration.ZERO, Duration.ofMillis(-1), Duration.ofNanos(999_999), Duration.ofSeconds(Long.MAX_VALUE))) {
            SettingRefused refused = refused(settings(slo, null, null, null));
            assertThat(refused).hasMessage("sluice.actors.a.slo is " + slo + ".");
            assertThat(refused.action()).contains("1ms").contains("24h");
        }
    }

    @Test
    void refusesABatchSizeOutOfBounds() {
        for (int size : new int[] {0, -1, 65_536}) {
            SettingRefused refused = refused(settings(null, null, size, null));
            assertThat(refused).hasMessage("sluice.actors.a.max-batch-size is " + size + ".");
            assertThat(refused.action()).contains("from 1 to 65535");
        }
    }

    @Test
    void refusesAWaitThatIsNegative() {
        SettingRefused refused = refused(settings(null, null, null, Duration.ofMillis(-5)));
        assertThat(refused).hasMessage("sluice.actors.a.max-wait is PT-0.005S.");
        assertThat(refused.action()).contains("5ms");
    }

    @Test
    void refusesAWaitAsLongAsTheSloWhicheverOfThemWasSet() {
        for (ActorProperties settings : List.of(
                settings(null, null, null, Duration.ofMillis(500)),
                settings(null, null, null, Duration.ofSeconds(Long.MAX_VALUE)),
                settings(Duration.ofMillis(2), null, null, null),
                settings(Duration.ofMillis(20), null, null, Duration.ofMillis(30)))) {
            SettingRefused refused = refused(settings);
            assertThat(refused).hasMessageContaining("a.call").hasMessageContaining("expire while they wait");
            assertThat(refused.action()).contains("sluice.actors.a.max-wait").contains("sluice.actors.a.slo");
        }
    }

    @Test
    void leavesASloAndAWaitToTheClassWhereNeitherIsSet() {
        MethodDescriptor patient = new MethodDescriptor("call", true, 16, 600_000, false, "long", "long");
        assertThat(ConfiguredActor.of(Plain.with(patient), settings(null, "deadline", 4, null))
                        .descriptor()
                        .methods()
                        .get(0)
                        .maxWaitMicros())
                .isEqualTo(600_000);
    }

    @Test
    void refusesBatchSettingsWhereNothingIsBatched() {
        SettingRefused size = refused(Plain.with(SCALAR), settings(null, null, 4, null));
        assertThat(size).hasMessage("sluice.actors.a.max-batch-size is 4.");
        assertThat(size.action()).contains("@BatchedInput");
        SettingRefused wait = refused(Plain.with(SCALAR), settings(null, null, null, Duration.ofMillis(4)));
        assertThat(wait).hasMessage("sluice.actors.a.max-wait is PT0.004S.");
    }

    @Test
    void refusesTwoActorsOfOneName() {
        SettingRefused refused = catchThrowableOfType(
                SettingRefused.class,
                () -> HostedActors.of(List.of(Plain.with(SCALAR), Plain.with(BATCHED)), Map.of()));
        assertThat(refused).hasMessage("Two actors of this host are called 'a'.");
        assertThat(refused.action()).contains("another name").contains("jar");
    }

    @Test
    void refusesLessThanNoReplicas() {
        ActorProperties settings = new ActorProperties(-1, Map.of(), null, null, null, null);
        SettingRefused refused = catchThrowableOfType(
                SettingRefused.class, () -> HostedActors.of(List.of(Plain.with(SCALAR)), Map.of("a", settings)));
        assertThat(refused).hasMessage("sluice.actors.a.replicas is -1.");
        assertThat(refused.action()).contains("0 or more");
    }

    @Test
    void startsOneReplicaUnlessToldOtherwise() {
        ActorProperties two = new ActorProperties(2, Map.of("k", "v"), null, null, null, null);
        assertThat(HostedActors.of(List.of(Plain.with(SCALAR)), Map.of()).actors())
                .extracting(HostedActor::replicas)
                .containsExactly(1);
        HostedActor hosted = HostedActors.of(List.of(Plain.with(SCALAR)), Map.of("a", two))
                .actors()
                .get(0);
        assertThat(hosted.replicas()).isEqualTo(2);
        assertThat(hosted.args()).containsExactly(Map.entry("k", "v"));
    }

    @Test
    void saysWhereAWaitHasNoEffect(CapturedOutput output) {
        HostedActors.of(List.of(Plain.with(BATCHED)), Map.of("a", settings(null, "fifo", null, null)));
        assertThat(output).doesNotContain("maxWait");
        HostedActors.of(List.of(Plain.with(BATCHED)), Map.of("a", settings(null, "deadline", null, null)));
        assertThat(output).contains("sluice.actors.a.scheduler=fifo");
    }

    @Test
    void saysWhichSettingsAreForNobody(CapturedOutput output) {
        HostedActors.of(List.of(Plain.with(SCALAR)), Map.of("misspelt", ActorsProperties.NONE));
        assertThat(output).contains("misspelt").contains("it has [a]");
    }
}
