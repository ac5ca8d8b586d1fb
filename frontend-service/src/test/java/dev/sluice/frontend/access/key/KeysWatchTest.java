package dev.sluice.frontend.access.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.test.scheduler.VirtualTimeScheduler;

class KeysWatchTest {

    private final VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();
    private final AtomicInteger looks = new AtomicInteger();

    @AfterEach
    void reset() {
        VirtualTimeScheduler.reset();
    }

    @Test
    void looksAgainWhateverWentWrong() {
        Runnable failing = () -> {
            looks.incrementAndGet();
            throw new NoClassDefFoundError("that of a parser");
        };
        try (KeysWatch watch = KeysWatch.of(failing, Duration.ofSeconds(5))) {
            time.advanceTimeBy(Duration.ofSeconds(16));
            assertThat(watch).isNotNull();
        }
        assertThat(looks).hasValue(3);
    }

    @Test
    void looksNoMoreOnceItIsClosed() {
        KeysWatch.of(looks::incrementAndGet, Duration.ofSeconds(5)).close();
        time.advanceTimeBy(Duration.ofSeconds(16));
        assertThat(looks).hasValue(0);
    }
}
