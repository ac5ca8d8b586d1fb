package dev.sluice.router.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class VersionOrderTest {

    @Test
    void countsAsPeopleDo() {
        List<String> ordered = List.of(
                "0",
                "0.9",
                "1",
                "1.0",
                "1.0.1",
                "1.2",
                "1.9",
                "1.10",
                "1.10-b2",
                "1.10-b10",
                "2",
                "10",
                "a",
                "v2",
                "v10");
        List<String> versions = new ArrayList<>(ordered);
        Collections.shuffle(versions, new Random(1));
        versions.sort(VersionOrder.OLDEST_FIRST);
        assertThat(versions).isEqualTo(ordered);
    }

    @Test
    void takesNoTwoVersionsForTheSame() {
        assertThat(VersionOrder.OLDEST_FIRST.compare("1.0", "1.0")).isZero();
        assertThat(VersionOrder.OLDEST_FIRST.compare("01", "1")).isNegative();
        assertThat(VersionOrder.OLDEST_FIRST.compare("1", "01")).isPositive();
    }

    @Test
    void comparesNumbersThatNoIntegerHolds() {
        assertThat(VersionOrder.OLDEST_FIRST.compare("20260731120000000000", "20260801120000000000"))
                .isNegative();
    }
}
