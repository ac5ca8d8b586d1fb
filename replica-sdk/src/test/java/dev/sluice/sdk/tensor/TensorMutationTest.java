package dev.sluice.sdk.tensor;

import static dev.sluice.sdk.tensor.Infer.binary;
import static dev.sluice.sdk.tensor.Infer.input;
import static dev.sluice.sdk.tensor.Infer.longs;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.tensor.DataType;
import dev.sluice.sdk.Actor;
import dev.sluice.sdk.BatchedInput;
import dev.sluice.sdk.Content;
import dev.sluice.sdk.test.ActorKit;
import dev.sluice.sdk.test.Reply;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged requests: each is answered or refused, those beside it are answered, and no memory is kept. */
class TensorMutationTest {

    private static final int BATCHES = 400;
    private static final int BATCH = 8;

    @Actor(value = "any", idempotent = true)
    static class Any {
        @BatchedInput(maxBatchSize = 16)
        long[] call(long[] inputs) {
            return inputs;
        }

        String text(String input) {
            return input;
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void isAnsweredOrRefused(long seed) {
        Random random = new Random(seed);
        UnpooledByteBufAllocator buffers = new UnpooledByteBufAllocator(true);
        try (ActorKit any = ActorKit.of(Any.class).allocator(buffers).start()) {
            for (int i = 0; i < BATCHES; i++) {
                String method = random.nextBoolean() ? "call" : "text";
                List<Content> batch = new ArrayList<>();
                for (int k = 1; k < BATCH; k++) {
                    batch.add(damaged(sound(method, random), random));
                }
                batch.add(sound(method, random));
                List<Reply> replies = any.replies(method, batch);
                assertThat(replies.get(BATCH - 1).failure()).isEmpty();
                for (int k = 0; k < BATCH; k++) {
                    assertThat(replies.get(k)
                                    .failure()
                                    .map(failure -> failure.code())
                                    .orElse(ErrorCode.INVALID_INPUT))
                            .as("seed %d, batch %d, %s", seed, i, replies.get(k))
                            .isEqualTo(ErrorCode.INVALID_INPUT);
                }
            }
        }
        assertThat(buffers.metric().usedDirectMemory() + buffers.metric().usedHeapMemory())
                .isZero();
    }

    private static Content sound(String method, Random random) {
        if (method.equals("text")) {
            return input("BYTES", "[1]", "[\"word\"]");
        }
        return random.nextBoolean()
                ? binary(DataType.INT64, longs(random.nextLong(), 2, 3), 3)
                : input("INT64", "[2]", "[" + random.nextLong() + ", 5]");
    }

    private static Content damaged(Content sound, Random random) {
        byte[] bytes = sound.bytes().clone();
        String mediaType = sound.mediaType();
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            int at = random.nextInt(Math.max(1, bytes.length));
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = (byte) random.nextInt();
                case 1 -> bytes[at] = (byte) "0123456789[]{},:\"-e.".charAt(random.nextInt(20));
                case 2 -> bytes = java.util.Arrays.copyOf(bytes, Math.max(1, at));
                default -> mediaType = "application/octet-stream;json-length=" + random.nextInt(2 * bytes.length + 2);
            }
        }
        return new Content(bytes, mediaType);
    }
}
