package dev.sluice.sdk.annotated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.sdk.Actor;
import dev.sluice.sdk.HealthCheck;
import dev.sluice.sdk.actor.ActorInstance;
import dev.sluice.sdk.actor.InvalidActorException;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HealthMethodTest {

    private static final AnnotatedActors ACTORS = new AnnotatedActors(UnpooledByteBufAllocator.DEFAULT);

    @Actor("plain")
    static class Plain {
        int call(int input) {
            return input;
        }
    }

    @Actor("throws")
    static class Throwing {
        int call(int input) {
            return input;
        }

        @HealthCheck
        void check() throws IOException {
            throw new IOException("the licence is over");
        }
    }

    @Actor("breaks")
    static class Breaking extends Plain {
        @HealthCheck
        void check() {
            throw new NoClassDefFoundError("gone");
        }
    }

    @Actor("says")
    static class Saying extends Plain {
        boolean well = true;

        @HealthCheck
        boolean check() {
            return well;
        }

        void make(boolean isWell) {
            well = isWell;
        }
    }

    @Actor("with-parameter")
    static class WithParameter extends Plain {
        @HealthCheck
        void check(int depth) {}
    }

    @Actor("with-text")
    static class WithText extends Plain {
        @HealthCheck
        String check() {
            return "fine";
        }
    }

    @Actor("of-the-class")
    static class Static extends Plain {
        @HealthCheck
        static void check() {}
    }

    @Actor("two")
    static class Two extends Saying {
        @HealthCheck
        void another() {}
    }

    private static ActorInstance made(Class<?> type) {
        return ACTORS.of(type).create(Map.of());
    }

    @Test
    void anActorWithoutOneIsWell() {
        assertThatCode(() -> made(Plain.class).check()).doesNotThrowAnyException();
    }

    @Test
    void whatItThrowsIsTheReason() {
        assertThatThrownBy(() -> made(Throwing.class).check())
                .isInstanceOf(IOException.class)
                .hasMessage("the licence is over");
        assertThatThrownBy(() -> made(Breaking.class).check()).hasMessageContaining("NoClassDefFoundError: gone");
    }

    @Test
    void mayBeABoolean() {
        assertThatCode(() -> made(Saying.class).check()).doesNotThrowAnyException();
    }

    @Test
    void isNoMethodToServe() {
        assertThat(ACTORS.of(Saying.class).descriptor().method("check")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(classes = {WithParameter.class, WithText.class, Static.class, Two.class})
    void isRefusedWhereItCannotBeCalled(Class<?> type) {
        assertThatThrownBy(() -> ACTORS.of(type))
                .isInstanceOf(InvalidActorException.class)
                .hasMessageContaining("@HealthCheck");
    }
}
