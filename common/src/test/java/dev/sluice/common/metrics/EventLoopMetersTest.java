package dev.sluice.common.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventLoopMetersTest {

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private long now;
    private final EventLoopMeters meters = new EventLoopMeters(List.of(channel.eventLoop()), () -> now);

    @AfterEach
    void close() {
        channel.close();
    }

    /** @param lateMillis by how much the loop comes to what was due after these hundred milliseconds */
    private void pass(long lateMillis) {
        now += TimeUnit.MILLISECONDS.toNanos(100 + lateMillis);
        channel.advanceTimeBy(100, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
    }

    private Timer delay() {
        return registry.get("sluice.loop.delay").timer();
    }

    @Test
    void measuresByHowMuchALoopIsLateTimeAndAgain() {
        channel.freezeTime();
        meters.bindTo(registry);
        pass(0);
        pass(30);
        pass(5);
        assertThat(delay().count()).isEqualTo(3);
        assertThat(delay().totalTime(TimeUnit.MILLISECONDS)).isEqualTo(35);
        assertThat(delay().max(TimeUnit.MILLISECONDS)).isEqualTo(30);
    }

    @Test
    void endsWhenItIsClosed() {
        channel.freezeTime();
        meters.bindTo(registry);
        meters.close();
        pass(0);
        pass(0);
        assertThat(delay().count()).isEqualTo(1);
    }
}
