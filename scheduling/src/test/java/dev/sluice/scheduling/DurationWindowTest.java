package dev.sluice.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DurationWindowTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void isTheQuartileOfTheLastThirtyTwo(long seed) {
        Random random = new Random(seed);
        DurationWindow window = new DurationWindow(32);
        List<Long> all = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            long duration = random.nextInt(50);
            window.add(duration);
            all.add(duration);
            List<Long> last = new ArrayList<>(all.subList(Math.max(0, all.size() - 32), all.size()));
            Collections.sort(last);
            long expected = last.get((int) Math.ceil(0.75 * last.size()) - 1);

            assertThat(window.percentile(75)).isEqualTo(expected);
        }
    }
}
