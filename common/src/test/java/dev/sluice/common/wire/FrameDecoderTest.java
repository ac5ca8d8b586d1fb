package dev.sluice.common.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameDecoderTest {

    private final UnpooledByteBufAllocator memory = new UnpooledByteBufAllocator(false, true);
    private final FrameDecoder decoder = new FrameDecoder(memory);
    private final List<String> frames = new ArrayList<>();

    @AfterEach
    void everythingIsReleased() {
        decoder.close();
        assertThat(used()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 7, 16, 100, 1000, 1_000_000})
    void readsFramesHoweverTheyAreCutIntoBuffers(int length) {
        ByteBuf all = Unpooled.buffer();
        List<String> expected = new ArrayList<>();
        GoldenFrames.all().values().forEach(frame -> {
            FrameEncoder.encode(frame, all);
            expected.add(FrameText.of(frame));
        });
        while (all.isReadable()) {
            feed(ByteBufUtil.getBytes(all.readSlice(Math.min(length, all.readableBytes()))));
        }
        assertThat(frames).isEqualTo(expected);
        assertThat(used()).isZero();
    }

    @Test
    void passesTheBytesOfAWholeFrameOnWithoutCopyingThem() {
        ByteBuf in = memory.buffer();
        FrameEncoder.encode(new ResultFrame(1, ResultFrame.Kind.ONLY, "", Unpooled.wrappedBuffer(new byte[100])), in);
        List<ResultFrame> results = new ArrayList<>();
        decoder.feed(in, frame -> results.add((ResultFrame) frame));
        assertThat(results.get(0).data().unwrap()).isNotNull();
        assertThat(in.refCnt()).isEqualTo(1);
        results.get(0).release();
        assertThat(in.refCnt()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00000000",
                "00000001",
                "00400001",
                "7fffffff",
                "80000000",
                "ffffffff",
            })
    void refusesLengthsThatNoFrameHas(String length) {
        assertThatThrownBy(() -> feed(ByteBufUtil.decodeHexDump(length + "0301")))
                .isInstanceOf(FrameException.class)
                .hasMessageMatching("a frame of \\d+ bytes");
    }

    @Test
    void setsNoMemoryAsideForBytesThatOnlyWereAnnounced() {
        feed(ByteBufUtil.decodeHexDump("003fffff" + "0801"));
        assertThat(used()).isLessThanOrEqualTo(128 * 1024);
        feed(new byte[300 * 1024]);
        assertThat(used()).isLessThanOrEqualTo(1024 * 1024);
    }

    @Test
    void putsTogetherTheLargestFrame() {
        byte[] json = new byte[FrameEncoder.MAX_FRAME_BYTES - 2];
        json[json.length - 1] = 9;
        ByteBuf out = Unpooled.buffer();
        FrameEncoder.encode(new Frame.Announce(json), out);
        List<Frame> whole = new ArrayList<>();
        while (out.isReadable()) {
            byte[] part = ByteBufUtil.getBytes(out.readSlice(Math.min(60_000, out.readableBytes())));
            decoder.feed(memory.buffer().writeBytes(part), whole::add);
        }
        assertThat(whole).containsExactly(new Frame.Announce(json));
    }

    @Test
    void believesNoCountThatTheFrameHasNoRoomFor() {
        assertThatThrownBy(() -> feed(ByteBufUtil.decodeHexDump("00000005" + "1300" + "ffff" + "00")))
                .hasMessage("a load report that is too short for 65535 replicas");
        assertThatThrownBy(() -> feed(ByteBufUtil.decodeHexDump(
                        "00000010" + "0c01" + "0000000000000001" + "00" + "00" + "00" + "ffff" + "00")))
                .hasMessage("a batch that is too short for 65535 queries");
    }

    @Test
    void skipsAnOptionalFrameThatItDoesNotKnow() {
        feed(ByteBufUtil.decodeHexDump("00000005" + "c800010203" + "0000000a" + "0301" + "0000000000000005"));
        assertThat(frames).containsExactly("Ping[number=5]");
    }

    @Test
    void refusesARequiredFrameThatItDoesNotKnow() {
        assertThatThrownBy(() -> feed(ByteBufUtil.decodeHexDump("00000005" + "c801010203")))
                .hasMessage("a required frame of the unknown type 200");
    }

    @Test
    void refusesBytesBehindTheEndOfAFrame() {
        assertThatThrownBy(() -> feed(ByteBufUtil.decodeHexDump("0000000b" + "0301" + "0000000000000005" + "00")))
                .hasMessage("a frame of type 3 with bytes behind its end");
    }

    @Test
    void readsNoFrameBeyondItsEnd() {
        assertThatThrownBy(() -> feed(ByteBufUtil.decodeHexDump("00000009" + "0301" + "00000000000000" + "05000000")))
                .hasMessage("a truncated frame");
    }

    @Test
    void keepsNothingOnceItWasClosedWhileItReads() {
        ByteBuf in = memory.buffer();
        FrameEncoder.encode(new Frame.Ping(1), in);
        FrameEncoder.encode(new Frame.Ping(2), in);
        in.writeBytes(new byte[] {0, 0, 1});
        decoder.feed(in, frame -> {
            frames.add(FrameText.of(frame));
            decoder.close();
        });
        assertThat(frames).containsExactly("Ping[number=1]");
        assertThat(used()).isZero();
    }

    private void feed(byte[] bytes) {
        decoder.feed(memory.buffer(bytes.length).writeBytes(bytes), frame -> {
            frames.add(FrameText.of(frame));
            if (frame instanceof Cargo cargo) {
                cargo.release();
            } else if (frame instanceof BatchFrame batch) {
                batch.release();
            } else if (frame instanceof Frame.Chunk chunk) {
                chunk.bytes().release();
            }
        });
    }

    private long used() {
        return memory.metric().usedHeapMemory() + memory.metric().usedDirectMemory();
    }
}
