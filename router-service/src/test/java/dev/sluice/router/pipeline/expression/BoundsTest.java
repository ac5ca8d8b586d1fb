package dev.sluice.router.pipeline.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BoundsTest {

    private static final long MOST = TimeUnit.MILLISECONDS.toNanos(100);

    /** On a machine with more to do than it can, an expression waits for a processor: that is nobody's fault. */
    @Test
    void timeInWhichTheThreadDoesNotRunDoesNotCount() {
        Bounds bounds = new Bounds(MOST, 10);
        long end = System.nanoTime() + 3 * MOST;
        while (System.nanoTime() - end < 0) {
            LockSupport.parkNanos(MOST / 10);
        }

        assertThatCode(bounds::inTime).doesNotThrowAnyException();
    }

    @Test
    void workEndsWhereItsTimeIsUp() {
        Bounds bounds = new Bounds(MOST, 10);
        long began = WorkTime.ofThisThread();

        assertThatThrownBy(() -> {
                    while (true) {
                        bounds.inTime();
                    }
                })
                .isInstanceOf(Exceeded.class)
                .hasMessage("It took longer than 100 ms.");
        assertThat(WorkTime.ofThisThread() - began).isGreaterThanOrEqualTo(MOST);
    }
}
