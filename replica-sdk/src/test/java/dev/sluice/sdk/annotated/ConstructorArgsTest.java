package dev.sluice.sdk.annotated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.sdk.Actor;
import dev.sluice.sdk.Arg;
import dev.sluice.sdk.actor.ActorInstance;
import dev.sluice.sdk.actor.ActorType;
import dev.sluice.sdk.actor.InvalidActorException;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConstructorArgsTest {

    @Actor("all")
    static class All {
        private static All last;
        private final List<Object> values;

        All(
                @Arg("text") String text,
                @Arg(value = "count", defaultValue = "3") int count,
                @Arg(value = "long", defaultValue = "-5") long number,
                @Arg(value = "ratio", defaultValue = "0.5") double ratio,
                @Arg(value = "fast", defaultValue = "true") boolean fast,
                @Arg(value = "wait", defaultValue = "4ms") Duration wait,
                @Arg(value = "unit", defaultValue = "seconds") TimeUnit unit,
                @Arg(value = "path", defaultValue = "models/a.onnx") Path path,
                @Arg(value = "labels", defaultValue = "") List<String> labels) {
            values = List.of(text, count, number, ratio, fast, wait, unit, path, labels);
            last = this;
        }

        String call(boolean ignored) {
            return values.toString();
        }
    }

    private static final ActorType TYPE = new AnnotatedActors(UnpooledByteBufAllocator.DEFAULT).of(All.class);

    @Test
    void convertsDefaults() {
        TYPE.create(Map.of("text", " as it is ")).close();

        assertThat(All.last.values)
                .containsExactly(
                        " as it is ",
                        3,
                        -5L,
                        0.5,
                        true,
                        Duration.ofMillis(4),
                        TimeUnit.SECONDS,
                        Path.of("models/a.onnx"),
                        List.of());
    }

    @Test
    void convertsWhatIsConfigured() {
        TYPE.create(Map.of(
                        "text",
                        "",
                        "count",
                        " 7 ",
                        "long",
                        "9223372036854775807",
                        "ratio",
                        "1e-3",
                        "fast",
                        "FALSE",
                        "wait",
                        "PT2S",
                        "unit",
                        "MILLISECONDS",
                        "path",
                        "/tmp",
                        "labels",
                        "a, b ,c"))
                .close();

        assertThat(All.last.values)
                .containsExactly(
                        "",
                        7,
                        Long.MAX_VALUE,
                        0.001,
                        false,
                        Duration.ofSeconds(2),
                        TimeUnit.MILLISECONDS,
                        Path.of("/tmp"),
                        List.of("a", "b", "c"));
    }

    @ParameterizedTest
    @CsvSource({
        "count, many, a whole number",
        "count, 3000000000, a whole number of at most 32 bits",
        "long, 1.5, a whole number",
        "ratio, half, a number",
        "fast, yes, true or false",
        "wait, soon, 'a duration, as 4ms, 2s or PT2S'",
        "unit, fortnights, 'one of NANOSECONDS, MICROSECONDS'"
    })
    void saysWhatAnArgumentMustBe(String key, String value, String expected) {
        assertThatThrownBy(() -> TYPE.create(Map.of("text", "x", key, value)))
                .isInstanceOf(InvalidActorException.class)
                .hasMessageStartingWith("The argument \"" + key + "\" of the actor all must be " + expected)
                .hasMessageEndingWith("; it is \"" + value + "\".");
    }

    @Test
    void saysWhichArgumentIsMissing() {
        assertThatThrownBy(() -> TYPE.create(Map.of()))
                .isInstanceOf(InvalidActorException.class)
                .hasMessage("The actor all needs the argument \"text\", a String: set sluice.actors.all.args.text.");
    }

    @Test
    void guessesWhatAnUnknownArgumentMeant() {
        assertThatThrownBy(() -> TYPE.create(Map.of("text", "x", "cuont", "3")))
                .hasMessage("The actor all has no argument \"cuont\"; did you mean \"count\"?");
        assertThatThrownBy(() -> TYPE.create(Map.of("text", "x", "colour", "red")))
                .hasMessageContaining("it takes [text, count, long,");
    }

    @Actor("thrower")
    static class Thrower {
        Thrower(@Arg(value = "fatal", defaultValue = "false") boolean fatal) {
            if (fatal) {
                throw new NoClassDefFoundError("com/example/Missing");
            }
            throw new IllegalStateException("no model there");
        }

        long call(long input) {
            return input;
        }
    }

    @Test
    void saysWhatTheConstructorThrew() {
        ActorType type = new AnnotatedActors(UnpooledByteBufAllocator.DEFAULT).of(Thrower.class);

        assertThatThrownBy(() -> type.create(Map.of()))
                .isInstanceOf(InvalidActorException.class)
                .hasMessage("The actor thrower could not be created: its constructor threw"
                        + " java.lang.IllegalStateException: no model there.")
                .hasCauseInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> type.create(Map.of("fatal", "true")))
                .hasMessageContaining("NoClassDefFoundError: com/example/Missing");
    }

    @Actor("closeable")
    static class Closeable implements AutoCloseable {
        static int closed;

        long call(long input) {
            return input;
        }

        @Override
        public void close() {
            closed++;
            throw new IllegalStateException("planted");
        }
    }

    @Test
    void closesWhatCanBeClosedOnceAndQuietly() {
        Closeable.closed = 0;
        ActorInstance instance = new AnnotatedActors(UnpooledByteBufAllocator.DEFAULT)
                .of(Closeable.class)
                .create(Map.of());
        instance.close();
        instance.close();

        assertThat(Closeable.closed).isEqualTo(1);
    }

    @Test
    void everyReplicaIsAnInstanceOfItsOwn() {
        ActorInstance first = TYPE.create(Map.of("text", "first"));
        All firstActor = All.last;
        ActorInstance second = TYPE.create(Map.of("text", "second"));

        assertThat(All.last).isNotSameAs(firstActor);
        first.close();
        second.close();
    }
}
