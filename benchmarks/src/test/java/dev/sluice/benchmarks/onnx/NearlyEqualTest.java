package dev.sluice.benchmarks.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class NearlyEqualTest {

    private static byte[] body(String json, float... values) {
        ByteBuffer body = ByteBuffer.allocate(json.length() + 4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        body.put(json.getBytes(StandardCharsets.US_ASCII));
        for (float value : values) {
            body.putFloat(value);
        }
        return body.array();
    }

    @Test
    void takesRoundingAndNothingElse() {
        NearlyEqual check = new NearlyEqual(body("{}", 1, 100), 2);
        byte[] shifted = new byte[20];
        byte[] close = body("{}", 1.001f, 100.1f);
        System.arraycopy(close, 0, shifted, 7, close.length);
        assertThat(check.isRight(shifted, 7, close.length)).isTrue();
        assertThat(check.isRight(body("{}", 1.1f, 100), 0, 10)).isFalse();
        assertThat(check.isRight(body("{}", 1, Float.NaN), 0, 10)).isFalse();
        assertThat(check.isRight(body("{]", 1, 100), 0, 10)).isFalse();
        assertThat(check.isRight(body("{}", 1), 0, 6)).isFalse();
    }
}
