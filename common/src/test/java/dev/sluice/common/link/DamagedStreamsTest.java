package dev.sluice.common.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.wire.BatchFrame;
import dev.sluice.common.wire.Cargo;
import dev.sluice.common.wire.Frame;
import dev.sluice.common.wire.FrameDecoder;
import dev.sluice.common.wire.FrameException;
import dev.sluice.common.wire.FrameText;
import io.netty.buffer.ByteBufUtil;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** 120,000 streams in all. What fails is found again by its seed. */
class DamagedStreamsTest {

    private static final int STREAMS = 20_000;

    /** What a decoder may set aside for a frame that was announced; a lie may be of gigabytes. */
    private static final long BYTES_BEYOND_WHAT_CAME = 160 * 1024;

    private final TrackedMemory memory = new TrackedMemory();
    private final LinkSettings settings =
            new LinkSettings("", 1024 * 1024, 2 * 1024 * 1024, 2 * 1024 * 1024, Duration.ofSeconds(3));
    private int ended;
    private int frames;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    @Timeout(value = 2, unit = TimeUnit.MINUTES)
    void eachEndsCleanlyOrYieldsValidFramesAndLeavesNothingBehind(long seed) {
        DamagedStreams streams = new DamagedStreams(seed);
        for (int i = 0; i < STREAMS; i++) {
            List<byte[]> stream = streams.next();
            try {
                receive(stream);
                memory.assertAllReleased();
            } catch (RuntimeException | AssertionError e) {
                StringBuilder bytes = new StringBuilder();
                stream.forEach(
                        buffer -> bytes.append(ByteBufUtil.hexDump(buffer)).append('\n'));
                throw new AssertionError("stream " + i + " of seed " + seed + ":\n" + bytes, e);
            }
        }
        assertThat(ended).as("streams that ended the link").isBetween(STREAMS / 4, STREAMS);
        assertThat(frames).as("frames that were handed on").isGreaterThan(STREAMS / 4);
    }

    private void receive(List<byte[]> stream) {
        FrameDecoder decoder = new FrameDecoder(memory.allocator());
        Inbox inbox = new Inbox(settings, memory.allocator(), new Returns(), () -> {});
        long came = 0;
        try {
            for (byte[] buffer : stream) {
                came += buffer.length;
                decoder.feed(memory.copy(buffer), frame -> accept(inbox, frame));
                assertThat(memory.used()).isLessThan(2 * came + BYTES_BEYOND_WHAT_CAME);
            }
        } catch (FrameException e) {
            ended++;
            assertThat(e).hasMessageMatching("\\S.+");
        } finally {
            decoder.close();
            inbox.close();
            assertThat(inbox.heldBytes()).isZero();
        }
    }

    private void accept(Inbox inbox, Frame frame) {
        if (frame instanceof Frame.Chunk chunk) {
            inbox.chunk(chunk);
        } else if (frame instanceof Cargo || frame instanceof BatchFrame) {
            inbox.complete(frame);
            try {
                FrameText.of(frame);
                Frames.eachCargo(frame, DamagedStreamsTest::readMeta);
            } finally {
                Frames.release(frame);
            }
        }
        frames++;
    }

    private static void readMeta(Cargo cargo) {
        try {
            cargo.meta();
        } catch (FrameException damaged) {
            assertThat(damaged).hasMessageContaining("meta");
        }
    }
}
