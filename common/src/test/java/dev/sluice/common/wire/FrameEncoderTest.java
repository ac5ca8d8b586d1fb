package dev.sluice.common.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FrameEncoderTest {

    static Map<String, Frame> tooMuch() {
        ByteBuf empty = Unpooled.EMPTY_BUFFER;
        List<BatchItem> items = Collections.nCopies(65_536, new BatchItem(1, 1, 0, empty));
        return Map.of(
                "a long name", new QueryFrame(1, 1, 0, "a".repeat(256), "call", "", 0, empty),
                "a long media type", new ResultFrame(1, ResultFrame.Kind.ONLY, "é".repeat(128), empty),
                "a long meta", new QueryFrame(1, 1, 0, "a", "b", "", 65_536, Unpooled.wrappedBuffer(new byte[65_536])),
                "many items", new BatchFrame(1, false, "r", "m", items),
                "many replicas", new Frame.Load(Collections.nCopies(65_536, "r")),
                "a large frame", new Frame.Announce(new byte[FrameEncoder.MAX_FRAME_BYTES - 1]));
    }

    static List<String> tooMuchOf() {
        return new ArrayList<>(tooMuch().keySet());
    }

    @ParameterizedTest
    @MethodSource("tooMuchOf")
    void writesNothingOfAFrameThatDoesNotFit(String what) {
        ByteBuf out = Unpooled.buffer();
        FrameEncoder.encode(new Frame.Ping(1), out);
        int before = out.writerIndex();
        assertThatThrownBy(() -> FrameEncoder.encode(tooMuch().get(what), out))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("may")
                .satisfies(e -> assertThat(e.getMessage().length()).isLessThan(120));
        assertThat(out.writerIndex()).isEqualTo(before);
    }

    @Test
    void writesTheHeadOfAChunkAsTheChunkItself() {
        byte[] bytes = {1, 2, 3};
        ByteBuf whole = Unpooled.buffer();
        FrameEncoder.encode(new Frame.Chunk(5, false, Unpooled.wrappedBuffer(bytes)), whole);
        ByteBuf head = Unpooled.buffer();
        FrameEncoder.encodeChunkHead(5, bytes.length, head);
        assertThat(ByteBufUtil.getBytes(head.writeBytes(bytes))).isEqualTo(ByteBufUtil.getBytes(whole));
    }

    @Test
    void cutsAMessageThatIsTooLong() {
        ByteBuf out = Unpooled.buffer();
        FrameEncoder.encode(new Frame.Failed(1, 1, 0, "漢".repeat(30_000)), out);
        List<Frame> frames = new ArrayList<>();
        try (FrameDecoder decoder = new FrameDecoder(out.alloc())) {
            decoder.feed(out, frames::add);
        }
        assertThat(((Frame.Failed) frames.get(0)).message()).isEqualTo("漢".repeat(20_000));
    }

    @Test
    void leavesTheIndicesOfAPayloadAlone() {
        ByteBuf body = Unpooled.buffer().writeZero(10).skipBytes(3);
        FrameEncoder.encode(new ResultFrame(1, ResultFrame.Kind.ONLY, "", body), Unpooled.buffer());
        assertThat(body.readerIndex()).isEqualTo(3);
    }
}
