package dev.sluice.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.common.config.SettingRefused;
import dev.sluice.common.wire.Frame;
import dev.sluice.common.wire.Role;
import dev.sluice.router.testing.LinkedPeer;
import dev.sluice.router.testing.RunningRouter;
import org.junit.jupiter.api.Test;

/** How the application ends, and where it does not even begin. */
class RouterStopTest {

    @Test
    void tellsItsPeersBeforeItEndsTheirLinks() throws InterruptedException {
        try (RunningRouter router = new RunningRouter()) {
            LinkedPeer host = router.link(Role.HOST);
            LinkedPeer frontend = router.link(Role.FRONTEND);
            router.stop();
            host.next(Frame.Drain.class);
            frontend.next(Frame.Drain.class);
            assertThat(host.closing()).isNotEmpty();
            assertThat(frontend.closing()).isNotEmpty();
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
