package dev.sluice.host.onnx.actor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DivisionTest {

    @Test
    void givesEachThreadItsShare() {
        assertThat(Division.whole(32, 1).rows(20)).isEqualTo(20);
        assertThat(Division.whole(32, 2).rows(20)).isEqualTo(10);
        assertThat(Division.whole(32, 2).rows(21)).isEqualTo(11);
        assertThat(Division.whole(32, 2).rows(1)).isEqualTo(1);
    }

    @Test
    void makesNoPartLargerThanItIsCheap() {
        Division division = new Division(new Portion(4, Long.MAX_VALUE), 2, 1);
        assertThat(division.rows(32)).isEqualTo(4);
        assertThat(division.rows(6)).isEqualTo(3);
    }

    @Test
    void makesNoPartThatIsNotWorthAThread() {
        Division division = new Division(Portion.unmeasured(32), 2, 8);
        assertThat(division.rows(10)).isEqualTo(8);
        assertThat(division.rows(6)).isEqualTo(8);
        assertThat(division.rows(32)).isEqualTo(16);
    }
}
