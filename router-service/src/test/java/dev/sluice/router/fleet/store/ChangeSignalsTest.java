package dev.sluice.router.fleet.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ChangeSignalsTest {

    private final ChangeSignals signals = new ChangeSignals();

    @Test
    void tellsOfChangesThatBecomeKnownOnSeveralThreads() throws InterruptedException {
        Queue<Long> heard = new ConcurrentLinkedQueue<>();
        signals.flux().subscribe(heard::add);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            threads.add(new Thread(() -> {
                for (long revision = 0; revision < 20_000; revision++) {
                    signals.changed(revision);
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        signals.changed(20_000);
        assertThat(new ArrayList<>(heard)).last().isEqualTo(20_000L);
    }

    @Test
    void tellsWhoChangesSomethingAgainWhenHeHearsOfIt() {
        List<Long> heard = new ArrayList<>();
        signals.flux().subscribe(now -> {
            heard.add(now);
            if (now < 3) {
                signals.changed(now + 1);
            }
        });
        signals.changed(1);
        assertThat(heard).containsExactly(1L, 2L, 3L);
    }
}
