package dev.sluice.common.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IdleConnectionsTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Connection connection = new Connection();

    /** Whose caller may take nothing for a while. */
    private static final class Connection extends EmbeddedChannel {

        private boolean stuck;

        @Override
        protected void doWrite(ChannelOutboundBuffer answers) throws Exception {
            if (!stuck) {
                super.doWrite(answers);
            }
        }
    }

    @BeforeEach
    void watch() {
        connection.freezeTime();
        IdleConnections.watch(connection, LIMIT);
    }

    @AfterEach
    void release() {
        connection.finishAndReleaseAll();
    }

    private void pass(Duration time) {
        connection.advanceTimeBy(time.toNanos(), TimeUnit.NANOSECONDS);
        connection.runScheduledPendingTasks();
    }

    private void read() {
        connection.writeInbound(Unpooled.wrappedBuffer(new byte[] {1}));
    }

    private void answer() {
        connection.writeAndFlush(Unpooled.wrappedBuffer(new byte[] {1}));
        connection.runPendingTasks();
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
            answer();
            pass(LIMIT);
            pass(Duration.ofSeconds(1));
        }
        assertThat(connection.isOpen()).isTrue();
    }

    @Test
    void closesWhatOnlySendsAndNeverComesToARequest() {
        for (int i = 0; i < 2; i++) {
            read();
            pass(LIMIT);
        }
        read();
        pass(Duration.ofSeconds(1));
        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void keepsWhatARequestCameOnWhileItWasLookedAt() {
        pass(LIMIT);
        pass(LIMIT);
        assertThat(connection.isOpen())
                .as("what waits to be read is read first")
                .isTrue();
        read();
        answer();
        pass(Duration.ofSeconds(1));
        assertThat(connection.isOpen()).isTrue();
    }

    @Test
    void closesWhereAnAnswerStandsStill() {
        connection.stuck = true;
        answer();
        pass(LIMIT);
        answer();
        assertThat(connection.isOpen()).isTrue();
        pass(LIMIT);
        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void keepsWhereAnswersGoOnSlowly() {
        for (int i = 0; i < 5; i++) {
            connection.stuck = true;
            answer();
            pass(LIMIT);
            connection.stuck = false;
            connection.flush();
        }
        assertThat(connection.isOpen()).isTrue();
    }

    @Test
    void takesItsTimerAway() {
        connection.close();
        pass(LIMIT.multipliedBy(3));
        assertThat(connection.hasPendingTasks()).isFalse();
    }
}
