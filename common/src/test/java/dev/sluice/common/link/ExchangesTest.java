package dev.sluice.common.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class ExchangesTest {

    private final Exchanges<String> exchanges = new Exchanges<>();

    @Test
    void givesAValueToOneTakerOnly() {
        exchanges.put(1, "a");

        assertThat(exchanges.find(1)).isEqualTo("a");
        assertThat(exchanges.take(1, "b")).isFalse();
        assertThat(exchanges.take(1, "a")).isTrue();
        assertThat(exchanges.take(1, "a")).isFalse();
        assertThat(exchanges.take(1)).isNull();
        assertThat(exchanges.size()).isZero();
    }

    @Test
    void leavesANumberThatIsInUseToItsValue() {
        assertThat(exchanges.putIfAbsent(7, "first")).isTrue();
        assertThat(exchanges.putIfAbsent(7, "second")).isFalse();
        assertThat(exchanges.all()).containsExactly("first");
    }

    @Test
    void numbersFromOneUp() {
        assertThat(exchanges.nextNumber()).isEqualTo(1);
        assertThat(exchanges.nextNumber()).isEqualTo(2);
    }

    /** A link breaks while others still send on it: what they put must not hide what was there. */
    @RepeatedTest(20)
    void takesAllThatWereThereWhileOthersPutAndTake() throws Exception {
        ExecutorService others = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < 50; round++) {
                Exchanges<String> contested = new Exchanges<>();
                for (int i = 0; i < 100; i++) {
                    contested.put(contested.nextNumber(), "old");
                }
                List<Future<?>> late = new ArrayList<>();
                for (int i = 0; i < 2; i++) {
                    late.add(others.submit(() -> {
                        for (int j = 0; j < 500; j++) {
                            long number = contested.nextNumber();
                            contested.put(number, "late");
                            contested.take(number);
                        }
                    }));
                }
                List<String> taken = new ArrayList<>();
                contested.takeAll(taken::add);
                for (Future<?> each : late) {
                    each.get();
                }

                assertThat(taken.stream().filter("old"::equals)).hasSize(100);
                assertThat(contested.size()).isZero();
            }
        } finally {
            others.shutdownNow();
        }
    }
}
