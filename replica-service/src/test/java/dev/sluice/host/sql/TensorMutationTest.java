package dev.sluice.host.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.tensor.DataType;
import dev.sluice.common.tensor.InferRequests;
import dev.sluice.common.tensor.InferResult;
import dev.sluice.common.tensor.Tensor;
import dev.sluice.sdk.Content;
import dev.sluice.sdk.test.ActorKit;
import dev.sluice.sdk.test.Reply;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged requests to SQL files: each is answered or refused, those beside it are answered, and no memory is kept. */
@Timeout(300)
class TensorMutationTest {

    private static final int BATCHES = 150;
    private static final int BATCH = 6;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void isAnsweredOrRefused(long seed) throws Exception {
        Random random = new Random(seed);
        UnpooledByteBufAllocator buffers = new UnpooledByteBufAllocator(true);
        try (SqlFolderRig rig = SqlFolderRig.in(folder);
                ActorKit many = ActorKit.of(rig.actor(
                                "-- @param n bigint",
                                "-- @param t varchar = \"x\"",
                                "-- @max-batch-size 8",
                                "select query_id, n, t from inputs"))
                        .allocator(buffers)
                        .start()) {
            for (int i = 0; i < BATCHES; i++) {
                List<Content> batch = new ArrayList<>();
                for (int k = 1; k < BATCH; k++) {
                    batch.add(damaged(sound(random), random));
                }
                batch.add(sound(random));
                List<Reply> replies = many.replies("call", batch);
                assertThat(replies.get(BATCH - 1).failure()).isEmpty();
                for (Reply reply : replies) {
                    assertThat(reply.failure().map(failure -> failure.code()).orElse(ErrorCode.INVALID_INPUT))
                            .as("seed %d, batch %d, %s", seed, i, reply)
                            .isEqualTo(ErrorCode.INVALID_INPUT);
                }
            }
        }
        assertThat(buffers.metric().usedDirectMemory() + buffers.metric().usedHeapMemory())
                .isZero();
    }

    private static Content sound(Random random) {
        if (random.nextBoolean()) {
            byte[] json = ("{\"inputs\":[{\"name\":\"n\",\"datatype\":\"INT64\",\"shape\":[2],\"data\":["
                            + random.nextLong() + ",5]},{\"name\":\"t\",\"datatype\":\"BYTES\",\"shape\":[2],"
                            + "\"data\":[\"\",\"word\"]}]}")
                    .getBytes(StandardCharsets.UTF_8);
            return new Content(json, "application/octet-stream;json-length=" + json.length);
        }
        ByteBuf numbers = Unpooled.buffer().writeLongLE(1).writeLongLE(2).writeLongLE(random.nextLong());
        InferResult request = InferRequests.binary(
                List.of(new Tensor("n", DataType.INT64, new long[] {3}, numbers)), UnpooledByteBufAllocator.DEFAULT);
        byte[] bytes = ByteBufUtil.getBytes(request.body());
        request.body().release();
        return new Content(bytes, request.mediaType());
    }

    private static Content damaged(Content sound, Random random) {
        byte[] bytes = sound.bytes().clone();
        String mediaType = sound.mediaType();
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            int at = random.nextInt(Math.max(1, bytes.length));
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = (byte) random.nextInt();
                case 1 -> bytes[at] = (byte) "0123456789[]{},:\"-e.".charAt(random.nextInt(20));
                case 2 -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
                default -> mediaType = "application/octet-stream;json-length=" + random.nextInt(2 * bytes.length + 2);
            }
        }
        return new Content(bytes, mediaType);
    }
}
