package dev.sluice.sdk.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.actor.ActorScheduling;
import dev.sluice.common.actor.MethodDescriptor;
import dev.sluice.common.membership.Announcement.Offer;
import dev.sluice.common.placement.VersionSettings;
import dev.sluice.common.placement.VersionSpec;
import dev.sluice.sdk.actor.ActorInstance;
import dev.sluice.sdk.actor.ActorType;
import dev.sluice.sdk.actor.Example;
import dev.sluice.sdk.host.HostedActor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConfiguredVersionsTest {

    private static final MethodDescriptor BATCHED =
            new MethodDescriptor("call", true, 16, 2_000, false, "long", "long");
    private static final List<Example> EXAMPLES = List.of(new Example("call", new byte[] {1}, "text/plain"));

    /** An actor as its class says, whose instances are told apart by nothing. */
    private record Plain(ActorDescriptor descriptor) implements ActorType {

        static Plain of(String name, boolean idempotent, String scheduler) {
            return new Plain(new ActorDescriptor(name, "3", idempotent, 500, scheduler, "about it", List.of(BATCHED)));
        }

        @Override
        public List<Example> examples() {
            return EXAMPLES;
        }

        @Override
        public ActorInstance create(Map<String, String> args) {
            throw new IllegalStateException("made with " + args);
        }
    }

    private final ConfiguredVersions versions = new ConfiguredVersions(
            List.of(Plain.of("resize", false, "fifo"), Plain.of("blur", true, "deadline")), List.of());

    private static VersionSpec spec(String type, VersionSettings settings) {
        return new VersionSpec("7", "java", type, Map.of("model", "m"), settings);
    }

    private static VersionSettings scheduling(ActorScheduling scheduling) {
        return new VersionSettings(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(scheduling));
    }

    private static ActorScheduling hedging() {
        return new ActorScheduling(
                Optional.empty(), Optional.of(true), Optional.empty(), Map.of(), Optional.empty(), Optional.empty());
    }

    private String refused(VersionSpec version) {
        return catchThrowableOfType(IllegalArgumentException.class, () -> versions.resolve("thumbs", version))
                .getMessage();
    }

    @Test
    void offersEachClassByItsName() {
        assertThat(versions.offers()).containsExactly(new Offer("java", "blur"), new Offer("java", "resize"));
    }

    @Test
    void publishesAClassUnderTheNameAndVersionThatWereAskedFor() {
        HostedActor made = versions.resolve("thumbs", spec("resize", VersionSettings.UNSET));
        assertThat(made.type().descriptor())
                .isEqualTo(new ActorDescriptor("thumbs", "7", false, 500, "fifo", "about it", List.of(BATCHED)));
        assertThat(made.args()).isEqualTo(Map.of("model", "m"));
        assertThat(made.replicas()).isZero();
        assertThat(made.type().examples()).isEqualTo(EXAMPLES);
        assertThat(catchThrowableOfType(
                        IllegalStateException.class, () -> made.type().create(made.args())))
                .hasMessage("made with {model=m}");
    }

    @Test
    void laysSettingsOverWhatTheClassSays() {
        ActorDescriptor made = versions.resolve(
                        "thumbs",
                        spec(
                                "resize",
                                new VersionSettings(
                                        Optional.of(2_000L),
                                        Optional.of("deadline"),
                                        Optional.of(64),
                                        Optional.of(5L),
                                        Optional.of(true),
                                        Optional.of(hedging()))))
                .type()
                .descriptor();
        assertThat(made)
                .isEqualTo(new ActorDescriptor(
                        "thumbs",
                        "7",
                        true,
                        2_000,
                        "deadline",
                        "about it",
                        List.of(new MethodDescriptor("call", true, 64, 5_000, false, "long", "long")),
                        Optional.of(hedging())));
    }

    @Test
    void refusesAKindThatItDoesNotRun() {
        VersionSpec python = new VersionSpec("7", "python", "resize", Map.of(), VersionSettings.UNSET);
        assertThat(refused(python)).isEqualTo("This host runs actors of the kind 'java', not 'python'.");
    }

    @Test
    void refusesAClassThatItDoesNotHave() {
        assertThat(refused(spec("resise", VersionSettings.UNSET)))
                .isEqualTo("This host has no actor class 'resise'; it has [blur, resize].");
    }

    @Test
    void refusesSettingsThatMakeNoSenseAndSaysWhatToWrite() {
        VersionSettings settings = new VersionSettings(
                Optional.empty(),
                Optional.empty(),
                Optional.of(0),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        assertThat(refused(spec("resize", settings)))
                .contains("max-batch-size is 0.")
                .contains("Write a number from 1");
    }

    @Test
    void refusesSchedulingThatOnlyTheClassTellsMakesNoSense() {
        assertThat(refused(spec("resize", scheduling(ActorScheduling.UNSET))))
                .contains("'fifo'")
                .contains("'deadline'");
        assertThat(versions.resolve("thumbs", spec("blur", scheduling(hedging())))
                        .type()
                        .descriptor()
                        .scheduling())
                .contains(hedging());
        ConfiguredVersions once = new ConfiguredVersions(List.of(Plain.of("pay", false, "deadline")), List.of());
        assertThat(catchThrowableOfType(
                                IllegalArgumentException.class,
                                () -> once.resolve("pay", spec("pay", scheduling(hedging()))))
                        .getMessage())
                .contains("hedging")
                .contains("must not run twice");
    }
}
