package dev.sluice.common.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AbsencesTest {

    private long now = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(3);
    private final Absences<String> absences = new Absences<>(Duration.ofSeconds(10), () -> now);

    private List<String> look(Set<String> needed, String... all) {
        return absences.look(List.of(all), needed::contains);
    }

    private void pass(int seconds) {
        now += TimeUnit.SECONDS.toNanos(seconds);
    }

    @Test
    void whatNobodyNeedsForLongIsOver() {
        assertThat(look(Set.of("b"), "a", "b")).isEmpty();
        pass(9);
        assertThat(look(Set.of("b"), "a", "b")).isEmpty();
        assertThat(absences.isOver("a")).isFalse();
        pass(1);
        assertThat(absences.isOver("a")).isTrue();
        assertThat(look(Set.of("b"), "a", "b")).containsExactly("a");
        assertThat(look(Set.of("b"), "b")).isEmpty();
    }

    @Test
    void whatIsNeededInBetweenBeginsAnew() {
        look(Set.of(), "a");
        pass(9);
        look(Set.of("a"), "a");
        pass(1);
        assertThat(look(Set.of(), "a")).isEmpty();
        pass(9);
        absences.needed("a");
        pass(1);
        assertThat(absences.isOver("a")).isFalse();
        assertThat(look(Set.of(), "a")).isEmpty();
        pass(10);
        assertThat(look(Set.of(), "a")).containsExactly("a");
    }

    @Test
    void whatWasAwayAltogetherBeginsAnew() {
        look(Set.of(), "a");
        pass(10);
        look(Set.of());
        assertThat(absences.isOver("a")).isFalse();
        assertThat(look(Set.of(), "a")).isEmpty();
    }
}
