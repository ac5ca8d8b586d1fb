package dev.sluice.benchmarks.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReplicasTest {

    @Test
    void countsChangesOfDirectionTheFirstMoveToo() {
        assertThat(Replicas.changesOfDirection(Samples.wanting(2, 2, 2))).isZero();
        assertThat(Replicas.changesOfDirection(Samples.wanting(1, 2, 4, 4, 5))).isEqualTo(1);
        assertThat(Replicas.changesOfDirection(Samples.wanting(1, 3, 2, 2, 1, 3)))
                .isEqualTo(3);
    }

    @Test
    void tellsWhenTheFirstMoreServes() {
        List<Sample> samples =
                List.of(Samples.of(1.0, 1, 1), Samples.of(2.0, 4, 1), Samples.of(3.0, 4, 2), Samples.of(4.0, 4, 4));

        assertThat(Replicas.firstMoreThanAt(samples, 1.5)).isEqualTo(3.0);
        assertThat(Replicas.firstMoreThanAt(samples, 3.5)).isEqualTo(4.0);
        assertThat(Replicas.firstMoreThanAt(samples, 4.5)).isNaN();
    }

    @Test
    void tellsNothingWhereNothingWasDecided() {
        assertThat(Replicas.firstMoreThanAt(Samples.wanting(1, 2), Double.NaN)).isNaN();
    }

    @Test
    void tellsTheMostThatWereWanted() {
        assertThat(Replicas.mostWanted(Samples.wanting(1, 5, 2))).isEqualTo(5);
        assertThat(Replicas.mostWanted(List.of())).isZero();
    }
}
