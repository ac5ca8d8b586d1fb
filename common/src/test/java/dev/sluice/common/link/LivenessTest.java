package dev.sluice.common.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.wire.Frame;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** On a clock that moves when it is told to. */
class LivenessTest {

    private static final Duration LEASE = Duration.ofSeconds(3);
    private static final Duration THIRD = LEASE.dividedBy(3);
    private static final LinkSettings SETTINGS = new LinkSettings("", 1 << 20, 4 << 20, 4 << 20, LEASE);

    private final MemoryLink link = MemoryLink.open(SETTINGS);

    @AfterEach
    void everythingIsReleased() {
        link.close();
    }

    @Test
    void keepsAnIdleLinkForEver() {
        for (int i = 0; i < 100; i++) {
            link.pass(THIRD);
        }
        assertThat(link.frontend.link().isOpen()).isTrue();
        assertThat(link.router.link().isOpen()).isTrue();
    }

    @Test
    void measuresTheRoundTrip() {
        link.frontend.pass(THIRD);
        link.frontend.run();
        link.frontend.pass(Duration.ofMillis(7));
        link.settle();
        assertThat(link.frontend.link().roundTripNanos()).isEqualTo(7_000_000);
    }

    @Test
    void givesUpAPeerThatIsSilentForALease() {
        for (int i = 0; i < 3; i++) {
            assertThat(link.frontend.closed).isEmpty();
            link.frontend.pass(THIRD);
            link.frontend.run();
        }
        assertThat(link.frontend.closed).containsExactly("nothing was heard for 3000 ms");
        assertThat(link.frontend.disconnected()).isTrue();
        assertThat(link.frontend.sent).filteredOn(Frame.Ping.class::isInstance).hasSize(2);
    }

    @Test
    void givesUpAPeerThatDoesNotFinishTheHandshake() {
        try (RawPeer silent = new RawPeer(SETTINGS)) {
            silent.send(silent.handshake.hello());
            for (int i = 0; i < 3; i++) {
                silent.pass(THIRD);
            }
            assertThat(silent.endReason()).isEqualTo("nothing was heard for 3000 ms");
        }
    }

    @Test
    void givesUpAPeerThatTricklesAndDoesNotProveItself() {
        try (RawPeer trickling = new RawPeer(SETTINGS)) {
            byte[] hello = DamagedStreams.encoded(trickling.handshake.hello());
            for (int i = 0; i < 6; i++) {
                assertThat(trickling.endReason()).isEqualTo("null");
                trickling.send(new byte[] {hello[i]});
                trickling.pass(THIRD);
            }
            assertThat(trickling.endReason()).isEqualTo("it did not prove itself within 6000 ms");
            assertThat(trickling.router.disconnected()).isTrue();
        }
    }

    @Test
    void givesUpAPeerThatDoesNotReadEither() {
        link.frontend.stopWriting();
        TestFrames frames = new TestFrames(link.memory.allocator());
        for (int i = 0; i < 50; i++) {
            link.frontend.link().send(frames.query(i, 20_000));
        }
        for (int i = 0; i < 3; i++) {
            link.frontend.pass(THIRD);
            link.frontend.run();
        }
        assertThat(link.frontend.closed).containsExactly("nothing was heard for 3000 ms");
    }

    @Test
    void doesNotTakeASlowPeerForADeadOne() {
        link.frontend.stopWriting();
        TestFrames frames = new TestFrames(link.memory.allocator());
        for (int i = 0; i < 50; i++) {
            link.frontend.link().send(frames.query(i, 20_000));
        }
        for (int i = 0; i < 20; i++) {
            link.frontend.write(1);
            link.pass(THIRD);
        }
        assertThat(link.frontend.closed).isEmpty();
        assertThat(link.router.closed).isEmpty();
        link.frontend.write(1000);
        link.settle();
        assertThat(link.router.received).hasSize(50);
    }

    @Test
    void givesThePeerAnotherLeaseAfterThisProcessWasAsleep() {
        link.frontend.pass(Duration.ofMinutes(5));
        link.frontend.run();
        assertThat(link.frontend.closed).isEmpty();
        assertThat(link.frontend.sent)
                .as("one ping, not one for each that it slept through")
                .filteredOn(Frame.Ping.class::isInstance)
                .hasSize(1);
        link.settle();
        link.pass(THIRD);
        link.pass(THIRD);
        link.pass(THIRD);
        assertThat(link.frontend.link().isOpen()).isTrue();
    }
}
