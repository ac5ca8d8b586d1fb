package dev.sluice.common.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class LargeStackTest {

    private static final int DEEP = 200_000;

    private static int depth(int steps) {
        return steps == 0 ? 0 : 1 + depth(steps - 1);
    }

    @Test
    void holdsWhatAnOrdinaryThreadDoesNot() {
        assertThatThrownBy(() -> depth(DEEP)).isInstanceOf(StackOverflowError.class);
        assertThat(LargeStack.<Integer>call("deep", () -> depth(DEEP))).isEqualTo(DEEP);
    }

    @Test
    void givesTheCallerWhatIsThrown() {
        Supplier<Integer> fails = () -> {
            throw new IllegalStateException("no");
        };
        Supplier<Integer> cannotBe = () -> {
            throw new NoClassDefFoundError("none");
        };
        assertThatThrownBy(() -> LargeStack.call("fails", fails))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no");
        assertThatThrownBy(() -> LargeStack.call("fails", cannotBe)).isInstanceOf(NoClassDefFoundError.class);
    }

    @Test
    void keepsAnInterruptForLater() {
        Thread.currentThread().interrupt();
        assertThat(LargeStack.<Integer>call("goes on", () -> 1)).isEqualTo(1);
        assertThat(Thread.interrupted()).isTrue();
    }
}
