package dev.sluice.benchmarks.onnx;

import dev.sluice.benchmarks.load.BodyCheck;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** The same JSON and the same floats behind it, but for what rounding does in batches of other sizes. */
final class NearlyEqual implements BodyCheck {

    private static final float TOLERANCE = 1e-2f;

    private final byte[] expected;
    private final int jsonLength;
    private final ByteBuffer floats;

    NearlyEqual(byte[] expected, int jsonLength) {
        this.expected = expected.clone();
        this.jsonLength = jsonLength;
        this.floats = ByteBuffer.wrap(this.expected).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public boolean isRight(byte[] reply, int from, int length) {
        if (length != expected.length || !Arrays.equals(reply, from, from + jsonLength, expected, 0, jsonLength)) {
            return false;
        }
        ByteBuffer given = ByteBuffer.wrap(reply, from, length).slice().order(ByteOrder.LITTLE_ENDIAN);
        for (int at = jsonLength; at < length; at += Float.BYTES) {
            float one = floats.getFloat(at);
            float other = given.getFloat(at);
            if (!(Math.abs(one - other) <= TOLERANCE * (1 + Math.abs(one)))) {
                return false;
            }
        }
        return true;
    }
}
