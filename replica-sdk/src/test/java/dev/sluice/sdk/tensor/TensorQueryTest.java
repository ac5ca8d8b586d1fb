package dev.sluice.sdk.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.tensor.DataType;
import dev.sluice.sdk.Content;
import dev.sluice.sdk.codec.Codecs;
import dev.sluice.sdk.tensor.MethodTensors.Declared;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TensorQueryTest {

    record Point(int x, int y) {}

    /** As a body is that came in several pieces: a part of a buffer that counts its parts. */
    @Test
    void isReadWhereItLiesInAPartOfAPooledBuffer() {
        Codecs codecs = new Codecs(PooledByteBufAllocator.DEFAULT);
        MethodTensors method = MethodTensors.of(
                new Declared<>(Point.class, codecs.reader(Point.class), null),
                new Declared<>(Point.class, codecs.writer(Point.class), null),
                true,
                codecs);
        byte[] json = "{\"x\": 1, \"y\": 2}".getBytes(StandardCharsets.US_ASCII);
        Content request = Infer.binary(
                DataType.BYTES, Unpooled.buffer().writeIntLE(json.length).writeBytes(json), 1);
        ByteBuf frame = PooledByteBufAllocator.DEFAULT.buffer().writeZero(5).writeBytes(request.bytes());
        ByteBuf body = frame.skipBytes(5).readRetainedSlice(request.bytes().length);
        frame.release();

        TensorQuery query = TensorQuery.read(body, request.mediaType(), method);
        assertThat(query.read(0)).isEqualTo(new Point(1, 2));
        assertThat(body.refCnt()).isEqualTo(1);
        body.release();
    }
}
