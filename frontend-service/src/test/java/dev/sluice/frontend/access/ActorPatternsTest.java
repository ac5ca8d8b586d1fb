package dev.sluice.frontend.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ActorPatternsTest {

    @ParameterizedTest
    @CsvSource({
        "vadder, vadder, true",
        "vadder, vadder2, false",
        "vadder, Vadder, false",
        "*, anything, true",
        "*, '', true",
        "team-*, team-, true",
        "team-*, team-a, true",
        "team-*, other-team-a, false",
        "*-eu, model-eu, true",
        "*-eu, model-eu-2, false",
        "a*c*e, abcde, true",
        "a*c*e, ace, true",
        "a*c*e, aec, false",
        "a**b, ab, true",
        "*a*b*, xxaxxbxx, true",
        "*a*b*, xxbxxaxx, false",
        "v.dder, vadder, false",
        "'', '', true",
        "'', a, false",
    })
    void matchesWholeNames(String pattern, String name, boolean matches) {
        assertThat(ActorPatterns.of(List.of(pattern)).match(name)).isEqualTo(matches);
    }

    @Test
    void oneOfSeveralIsEnoughAndNoneIsNone() {
        ActorPatterns several = ActorPatterns.of(List.of("a", "b-*"));
        assertThat(several.match("a")).isTrue();
        assertThat(several.match("b-1")).isTrue();
        assertThat(several.match("c")).isFalse();
        assertThat(ActorPatterns.of(List.of()).match("a")).isFalse();
    }

    /** One that tried all ways would not come to an end. */
    @Test
    void manyStarsDoNotTakeLong() {
        assertThat(ActorPatterns.of(List.of("*a".repeat(200) + "b")).match("a".repeat(10_000)))
                .isFalse();
    }
}
