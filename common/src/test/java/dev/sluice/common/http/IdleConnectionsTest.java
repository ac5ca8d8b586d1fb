package dev.sluice.common.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IdleConnectionsTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final EmbeddedChannel connection = new EmbeddedChannel();

    @BeforeEach
    void watch() {
        connection.freezeTime();
        IdleConnections.watch(connection, LIMIT);
    }

    private void pass(Duration time) {
        connection.advanceTimeBy(time.toNanos(), TimeUnit.NANOSECONDS);
        connection.runScheduledPendingTasks();
    }

    private void read() {
        connection.writeInbound(Unpooled.wrappedBuffer(new byte[] {1}));
    }

    @Test
    void closesWhatNobodyUses() {
        pass(LIMIT);
        assertThat(connection.isOpen()).isTrue();
        pass(LIMIT);
        pass(Duration.ofSeconds(1));
        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void keepsWhatIsUsed() {
        for (int i = 0; i < 5; i++) {
            read();
            pass(LIMIT);
            pass(Duration.ofSeconds(1));
        }
        assertThat(connection.isOpen()).isTrue();
    }

    @Test
    void keepsWhatARequestCameOnWhileItWasLookedAt() {
        pass(LIMIT);
        pass(LIMIT);
        assertThat(connection.isOpen())
                .as("what waits to be read is read first")
                .isTrue();
        read();
        pass(Duration.ofSeconds(1));
        assertThat(connection.isOpen()).isTrue();
    }

    @Test
    void takesItsTimerAway() {
        connection.close();
        pass(LIMIT.multipliedBy(3));
        assertThat(connection.hasPendingTasks()).isFalse();
    }
}
