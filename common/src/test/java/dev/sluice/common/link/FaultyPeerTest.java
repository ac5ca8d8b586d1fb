package dev.sluice.common.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.membership.Announcement;
import dev.sluice.common.membership.MembershipJson;
import dev.sluice.common.testing.LogCapture;
import dev.sluice.common.wire.Frame;
import dev.sluice.common.wire.GoldenFrames;
import dev.sluice.common.wire.QueryFrame;
import dev.sluice.common.wire.ResultFrame;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A peer that breaks the protocol loses its link, with a reason, and nothing else happens. */
class FaultyPeerTest {

    private static final int MIB = 1024 * 1024;
    private static final int CREDIT = 2 * MIB;
    private static final LinkSettings SETTINGS = new LinkSettings("s3cret", MIB, CREDIT, CREDIT, Duration.ofSeconds(3));

    private final RawPeer stranger = new RawPeer(SETTINGS);
    private final RawPeer peer = RawPeer.linked(SETTINGS);
    private final TestFrames frames = new TestFrames(peer.memory.allocator());

    private final LogCapture log = LogCapture.of(LinkSession.class);

    @AfterEach
    void everythingIsReleased() {
        log.close();
        stranger.close();
        peer.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "query",
                "query-in-chunks",
                "batch",
                "result",
                "chunk",
                "chunk-ack",
                "credit",
                "cancel",
                "announce",
                "catalogue",
                "drain",
                "failure",
                "started",
                "busy",
                "done",
                "load"
            })
    void isRefusedForAFrameBeforeTheHandshakeIsOver(String name) {
        Frame frame = GoldenFrames.all().get(name);
        stranger.send(DamagedStreams.encoded(frame));
        assertThat(stranger.endReason()).isEqualTo("it sent a frame before the handshake was over");
        assertThat(stranger.router.received).isEmpty();
        assertThat(log.messages())
                .containsExactly("No link with router-0's peer: it sent a frame before the handshake was over.");
    }

    @Test
    void isRefusedForAFrameBetweenHelloAndProof() {
        stranger.send(stranger.handshake.hello(), new Frame.Credit(1, 1));
        assertThat(stranger.endReason()).isEqualTo("it sent a frame before the handshake was over");
    }

    @Test
    void mayPingBeforeTheHandshakeIsOver() {
        stranger.send(new Frame.Ping(5), new Frame.Pong(6), stranger.handshake.hello());
        assertThat(stranger.router.sent).contains(new Frame.Pong(5));
        stranger.send(stranger.handshake.answer(stranger.hello()));
        assertThat(stranger.router.link().isOpen()).isTrue();
    }

    @Test
    void isRefusedForPingingOnAndOnBeforeTheHandshakeIsOver() {
        for (int i = 0; i < 32; i++) {
            stranger.send(new Frame.Ping(i));
        }
        assertThat(stranger.endReason()).isEqualTo("null");
        stranger.send(new Frame.Ping(32));
        assertThat(stranger.endReason()).isEqualTo("it pings, and does not prove itself");
    }

    @Test
    void isRefusedForALargeFrameBeforeTheHandshakeIsOver() {
        stranger.send(new byte[] {0, 0, 4, 1, 1});
        assertThat(stranger.endReason()).isEqualTo("the peer sent a frame of 1025 bytes");
    }

    @Test
    void maySendALargeFrameInTheSameBufferAsItsProof() {
        byte[] json = ("\"" + "x".repeat(100_000) + "\"").getBytes(StandardCharsets.UTF_8);
        stranger.send(stranger.handshake.hello(), stranger.proof(), new Frame.Announce(json));
        assertThat(stranger.router.received).singleElement().isInstanceOf(Frame.Announce.class);
    }

    @Test
    void isLoggedAHundredTimesAMinute() {
        RefusalLog refusals = new RefusalLog();
        long now = Long.MAX_VALUE;
        int lines = 0;
        for (int i = 0; i < 1_000; i++) {
            lines += refusals.next(now) == RefusalLog.Line.NO ? 0 : 1;
        }
        assertThat(lines).isEqualTo(100);
        assertThat(refusals.next(now + Duration.ofMinutes(1).toNanos())).isEqualTo(RefusalLog.Line.YES);
    }

    @Test
    void isRefusedForAProofBeforeItsHello() {
        stranger.send(new Frame.Proof(new byte[Frame.Proof.MAC_BYTES]));
        assertThat(stranger.endReason()).isEqualTo("it sent a proof out of turn");
    }

    @Test
    void isRefusedForAProofThatIsNone() {
        stranger.send(stranger.handshake.hello(), new Frame.Proof(new byte[Frame.Proof.MAC_BYTES]));
        assertThat(stranger.endReason()).contains("sluice.cluster-secret");
        assertThat(stranger.router.disconnected())
                .as("it has some time to leave")
                .isFalse();
        stranger.pass(Duration.ofSeconds(1));
        assertThat(stranger.router.disconnected()).isTrue();
    }

    @Test
    void isRefusedForAReplayedProof() {
        stranger.send(peer.handshake.hello(), peer.proof());
        assertThat(stranger.endReason()).contains("sluice.cluster-secret");
    }

    @Test
    void endsForASecondHello() {
        peer.send(peer.handshake.hello());
        assertThat(peer.router.closed).containsExactly("it sent a second hello");
    }

    @Test
    void endsForASecondProof() {
        peer.send(peer.proof());
        assertThat(peer.router.closed).containsExactly("it sent a proof out of turn");
    }

    @Test
    void endsForMoreQueriesThanItsCreditAllows() {
        peer.router.holds = true;
        peer.send(frames.bareQuery(1, MIB), frames.bareQuery(2, MIB - 200));
        assertThat(peer.router.closed).isEmpty();
        peer.send(frames.bareQuery(3, 100));
        assertThat(peer.router.closed).containsExactly("the peer sent more bytes than the credit that it was given");
        assertThat(peer.router.received).hasSize(2);
    }

    @Test
    void endsForMoreResultsThanItsCreditAllows() {
        peer.router.holds = true;
        peer.send(frames.result(1, MIB), frames.result(2, MIB - 200), frames.result(3, 100));
        assertThat(peer.router.closed).containsExactly("the peer sent more bytes than the credit that it was given");
    }

    @Test
    void endsForEmptyQueriesWithoutEnd() {
        peer.router.holds = true;
        for (int i = 0; i <= CREDIT / 64 && peer.router.closed.isEmpty(); i++) {
            peer.send(frames.bareQuery(i, 0));
        }
        assertThat(peer.router.closed).containsExactly("the peer sent more bytes than the credit that it was given");
    }

    @Test
    void endsForChunksBeyondItsCredit() {
        byte[] piece = new byte[512 * 1024];
        for (int i = 0; i < 9 && peer.router.closed.isEmpty(); i++) {
            peer.send(new Frame.Chunk(1 + i, false, peer.memory.copy(piece)));
        }
        assertThat(peer.router.closed)
                .containsExactly("the peer sent more bytes than the credit that it was given, in chunks");
    }

    @Test
    void endsForAPayloadBeyondTheLargest() {
        byte[] piece = new byte[256 * 1024];
        for (int i = 0; i < 5; i++) {
            peer.send(new Frame.Chunk(1, false, peer.memory.copy(piece)));
        }
        assertThat(peer.router.closed).containsExactly("the peer sent a payload larger than agreed, in chunks");
    }

    @Test
    void endsForATricklingPayload() {
        for (int i = 0; i < 2; i++) {
            peer.send(new Frame.Chunk(1, false, peer.memory.copy(new byte[100])));
        }
        assertThat(peer.router.closed).containsExactly("the peer sent a payload in chunks that are needlessly small");
    }

    @Test
    void endsForAnEmptyChunk() {
        peer.send(new Frame.Chunk(1, false, Unpooled.EMPTY_BUFFER));
        assertThat(peer.router.closed).containsExactly("the peer sent a chunk of nothing");
    }

    @Test
    void endsForAChunkOfThePayloadThatMeansNone() {
        peer.send(new Frame.Chunk(0, false, peer.memory.copy(new byte[10])));
        assertThat(peer.router.closed).containsExactly("the peer sent a chunk of nothing");
    }

    @Test
    void endsForAFrameWhosePayloadDidNotCome() {
        ResultFrame result = frames.result(1, 1000);
        result.ref(5);
        peer.send(result);
        assertThat(peer.router.closed)
                .containsExactly("the peer sent a frame that refers to a payload that did not come");
    }

    @Test
    void endsForAPayloadOfAnotherSizeThanItsFrameSays() {
        QueryFrame query = frames.bareQuery(1, 2000);
        query.ref(5);
        peer.send(new Frame.Chunk(5, false, peer.memory.copy(new byte[1999])), query);
        assertThat(peer.router.closed)
                .containsExactly("the peer sent a frame that refers to a payload that did not come");
    }

    @Test
    void mayAbortAPayloadAndOneThatItNeverBegan() {
        peer.send(
                new Frame.Chunk(5, false, peer.memory.copy(new byte[1999])),
                new Frame.Chunk(5, true, Unpooled.EMPTY_BUFFER),
                new Frame.Chunk(6, true, Unpooled.EMPTY_BUFFER));
        assertThat(peer.router.closed).isEmpty();
    }

    @Test
    void endsForCreditThatWasNeverTaken() {
        peer.send(new Frame.Credit(1, 0));
        assertThat(peer.router.closed).containsExactly("the peer sent more credit back than was taken");
    }

    @Test
    void endsForAnAcknowledgementOfNothing() {
        peer.send(new Frame.ChunkAck(1));
        assertThat(peer.router.closed).containsExactly("the peer sent an acknowledgement of bytes that were not sent");
    }

    @Test
    void endsForJsonThatIsNone() {
        peer.router.onReceived = () -> MembershipJson.read("{".getBytes(StandardCharsets.UTF_8), Announcement.class);
        peer.send(new Frame.Announce("{".getBytes(StandardCharsets.UTF_8)));
        assertThat(peer.router.closed).singleElement().asString().startsWith("the peer sent no Announcement");
    }

    @Test
    void maySendAnOptionalFrameThatIsNotKnown() {
        peer.send(new byte[] {0, 0, 0, 4, (byte) 200, 0, 1, 2});
        peer.send(new Frame.Ping(3));
        assertThat(peer.answers()).contains(new Frame.Pong(3));
    }

    @Test
    void endsForARequiredFrameThatIsNotKnown() {
        peer.send(new byte[] {0, 0, 0, 4, (byte) 200, 1, 1, 2});
        assertThat(peer.router.closed).containsExactly("the peer sent a required frame of the unknown type 200");
    }

    @Test
    void keepsNothingOfWhatComesInTheSameBufferBehindItsEnd() {
        byte[] trailing = {0, 0, 1, 0, 11, 1, 0, 0};
        peer.router.onReceived = () -> {
            throw new IllegalStateException("planted");
        };
        byte[] cancel = DamagedStreams.encoded(new Frame.Cancel(1));
        peer.send(joined(cancel, trailing));
        peer.router.loseWritten();
        peer.memory.assertAllReleased();
        assertThat(peer.router.closed).containsExactly("a fault in this process");
    }

    @Test
    void hearsNothingMoreOnceItsLinkEnded() {
        peer.send(new Frame.Credit(1, 0), new Frame.Cancel(7));
        peer.send(new Frame.Cancel(8));
        assertThat(peer.router.received).isEmpty();
        assertThat(peer.router.closed).hasSize(1);
    }

    @Test
    void damagesItsOwnLinkAlone() {
        for (long seed = 0; seed < 400; seed++) {
            RawPeer damaged = RawPeer.linked(SETTINGS);
            DamagedStreams streams = new DamagedStreams(seed);
            for (int i = 0; i < 10; i++) {
                streams.next().forEach(damaged::send);
            }
            if (damaged.router.closed.isEmpty()) {
                assertThat(damaged.router.link().isOpen()).as("seed %s", seed).isTrue();
            } else {
                assertThat(damaged.router.closed).as("seed %s", seed).hasSize(1);
                assertThat(damaged.router.closed.get(0)).as("seed %s", seed).matches("(the peer|it) sent .+");
                damaged.pass(Duration.ofSeconds(1));
                assertThat(damaged.router.disconnected()).as("seed %s", seed).isTrue();
            }
            damaged.close();

            peer.send(new Frame.Ping(seed));
            assertThat(peer.answers()).contains(new Frame.Pong(seed));
        }
    }

    private static byte[] joined(byte[] one, byte[] other) {
        byte[] joined = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, joined, one.length, other.length);
        return joined;
    }
}
