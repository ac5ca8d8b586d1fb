package dev.sluice.benchmarks.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.benchmarks.soak.Trend.Point;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrendTest {

    @Test
    void findsWhatRises() {
        Trend trend = Trend.of(IntStream.range(0, 20)
                .mapToObj(i -> new Point(i / 2.0, 50 + 1.5 * i))
                .toList());

        assertThat(trend.perMinute()).isCloseTo(3, within(1e-9));
        assertThat(trend.growth(10)).isCloseTo(30, within(1e-9));
        assertThat(trend.start()).isEqualTo(50);
        assertThat(trend.middle()).isEqualTo(65);
        assertThat(trend.end()).isEqualTo(78.5);
    }

    @Test
    void isNotMovedByAFewThatAreOff() {
        List<Point> points = IntStream.range(0, 20)
                .mapToObj(i -> new Point(i, i == 7 || i == 19 ? 400 : 50))
                .toList();

        assertThat(Trend.of(points).perMinute()).isZero();
    }

    @Test
    void whatRisesInTheEndAloneIsAStepAndNoSlope() {
        Trend trend = Trend.of(IntStream.range(0, 20)
                .mapToObj(i -> new Point(i, i < 15 ? 50 : 70))
                .toList());

        assertThat(trend.perMinute()).isZero();
        assertThat(trend.step()).isEqualTo(20);
    }

    @Test
    void oneSampleIsFlat() {
        assertThat(Trend.of(List.of(new Point(1, 5)))).isEqualTo(new Trend(5, 5, 5, 0, 0));
    }
}
