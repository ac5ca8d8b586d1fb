package dev.sluice.common.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetaTest {

    @Test
    void comesBackAsItWas() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("traceparent", "00-1-2-01");
        headers.put("b3", "a:b:c");
        headers.put("empty", "");
        Meta meta = new Meta("application/json", "id-1", "Zoë 漢字 🙂", headers);
        Meta back = decoded(meta);
        assertThat(back).isEqualTo(meta);
        assertThat(back.headers().keySet()).containsExactly("traceparent", "b3", "empty");
    }

    @Test
    void takesNoBytesWhereThereIsNothingToSay() {
        ByteBuf out = Unpooled.buffer();
        new Meta("", "", "").encode(out);
        assertThat(out.readableBytes()).isZero();
        assertThat(decoded(new Meta("", "", ""))).isEqualTo(new Meta("", "", ""));
    }

    @Test
    void leavesTheBodyBehindItAlone() {
        ByteBuf data = Unpooled.buffer();
        Meta meta = new Meta("text/plain", "id", "");
        meta.encode(data);
        int length = data.readableBytes();
        data.writeBytes(new byte[] {1, 0, 0, 9, 9});
        assertThat(Meta.decode(data, length)).isEqualTo(meta);
        assertThat(data.readerIndex()).isZero();
    }

    @Test
    void theTenantCanBeReadAlone() {
        ByteBuf data = Unpooled.buffer();
        new Meta("text/plain", "id", "Zoë", Map.of("h", "1")).encode(data);
        int length = data.readableBytes();

        assertThat(Meta.tenant(data, length)).isEqualTo("Zoë");
        assertThat(data.readerIndex()).isZero();
        assertThat(Meta.tenant(data, 12)).as("cut short").isEmpty();
        assertThat(Meta.tenant(Unpooled.EMPTY_BUFFER, 0)).isEmpty();
    }

    @Test
    void neverWritesMoreThanItSaid() {
        Meta meta = new Meta("漢/字", "🙂", "é", Map.of("h", "漢字", "i", ""));
        ByteBuf out = Unpooled.buffer();
        meta.encode(out);
        assertThat(out.readableBytes()).isLessThanOrEqualTo(meta.maxBytes());
    }

    @Test
    void skipsWhatANewerPeerAdds() {
        ByteBuf data = Unpooled.buffer();
        data.writeByte(99).writeShort(3).writeBytes(new byte[] {1, 2, 3});
        new Meta("text/plain", "", "").encode(data);
        assertThat(Meta.decode(data, data.readableBytes()).mediaType()).isEqualTo("text/plain");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 12})
    void refusesToReadWhatWasCut(int length) {
        ByteBuf data = Unpooled.buffer();
        new Meta("text/plain", "", "").encode(data);
        assertThatThrownBy(() -> Meta.decode(data, length))
                .isInstanceOf(FrameException.class)
                .hasMessageContaining("truncated");
    }

    @Test
    void refusesToWriteMoreThanItsLengthCanSayAndWritesNothing() {
        ByteBuf out = Unpooled.buffer();
        Meta one = new Meta("", "", "x".repeat(70_000));
        Meta together = new Meta("x".repeat(40_000), "x".repeat(40_000), "");
        assertThatThrownBy(() -> one.encode(out)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> together.encode(out)).hasMessageContaining("65,535");
        assertThat(out.readableBytes()).isZero();
    }

    private static Meta decoded(Meta meta) {
        ByteBuf out = Unpooled.buffer();
        meta.encode(out);
        return Meta.decode(out, out.readableBytes());
    }

    @Test
    void findsAHeaderWhereItLiesAndLeavesAllElseAlone() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("sluice-priority", "1");
        headers.put("tracer", "0123456789");
        headers.put("trace", "01234");
        Meta meta = new Meta("application/json", "trace:01234", "", headers);
        ByteBuf bytes = Unpooled.buffer();
        bytes.writeByte(7).readByte();
        meta.encode(bytes);
        int length = bytes.readableBytes();
        int at = Meta.valueAt(bytes, length, "trace", 5);
        assertThat(bytes.toString(at, 5, StandardCharsets.UTF_8)).isEqualTo("01234");
        assertThat(Meta.valueAt(bytes, length, "trace", 4)).isEqualTo(-1);
        assertThat(Meta.valueAt(bytes, length, "none", 5)).isEqualTo(-1);
        bytes.setBytes(at, "56789".getBytes(StandardCharsets.UTF_8));
        headers.put("trace", "56789");
        assertThat(Meta.decode(bytes, length)).isEqualTo(new Meta("application/json", "trace:01234", "", headers));
        for (int cut = 0; cut < length; cut++) {
            assertThat(Meta.valueAt(bytes, cut, "none", 5)).isEqualTo(-1);
        }
    }
}
