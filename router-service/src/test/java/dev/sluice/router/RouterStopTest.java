package dev.sluice.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.common.config.SettingRefused;
import dev.sluice.common.wire.Frame;
import dev.sluice.common.wire.QueryFrame;
import dev.sluice.common.wire.ResultFrame;
import dev.sluice.common.wire.Role;
import dev.sluice.router.testing.LinkedPeer;
import dev.sluice.router.testing.RunningRouter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How the application ends, and where it does not even begin. */
@Timeout(300)
class RouterStopTest {

    @Test
    void tellsItsPeersBeforeItEndsTheirLinks() throws InterruptedException {
        try (RunningRouter router = new RunningRouter()) {
            LinkedPeer host = router.link(Role.HOST);
            LinkedPeer frontend = router.link(Role.FRONTEND);
            frontend.awaitActor("echo");
            router.stop();
            host.next(Frame.Drain.class);
            frontend.next(Frame.Drain.class);
            assertThat(host.closing()).isNotEmpty();
            assertThat(frontend.closing()).isNotEmpty();
        }
    }

    @Test
    void waitsForWhatItHolds() throws InterruptedException {
        try (RunningRouter router = new RunningRouter()) {
            LinkedPeer host = router.link(Role.HOST);
            host.hold();
            LinkedPeer frontend = router.link(Role.FRONTEND);
            frontend.awaitActor("echo");
            ByteBuf body = PooledByteBufAllocator.DEFAULT.buffer().writeLong(4711);
            frontend.link().send(new QueryFrame(1, Duration.ofSeconds(60).toNanos(), 0, "echo", "call", "", 0, body));
            host.awaitBatch();

            Thread stopping = new Thread(router::stop);
            stopping.start();
            frontend.next(Frame.Drain.class);
            host.work();
            ResultFrame result = frontend.next(ResultFrame.class);
            assertThat(result.body().getLong(0)).isEqualTo(4711);
            result.release();
            stopping.join();
        }
    }

    @Test
    void doesNotStartWithSettingsThatContradictEachOther() {
        assertThatThrownBy(() -> new RunningRouter("--sluice.router.drain-timeout=1m"))
                .rootCause()
                .isInstanceOf(SettingRefused.class)
                .hasMessageContaining("drain-timeout");
    }

    @Test
    void doesNotListenBeyondLoopbackWithoutASecret() {
        assertThatThrownBy(() -> new RunningRouter("--server.address=0.0.0.0"))
                .rootCause()
                .isInstanceOf(SettingRefused.class)
                .hasMessageContaining("0.0.0.0");
    }
}
