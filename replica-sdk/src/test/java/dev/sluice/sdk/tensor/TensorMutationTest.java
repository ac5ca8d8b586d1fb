package dev.sluice.sdk.tensor;

import static dev.sluice.sdk.tensor.Infer.binary;
import static dev.sluice.sdk.tensor.Infer.input;
import static dev.sluice.sdk.tensor.Infer.longs;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.tensor.DataType;
import dev.sluice.common.testing.Mutator;
import dev.sluice.common.testing.SteadyMemory;
import dev.sluice.sdk.Actor;
import dev.sluice.sdk.BatchedInput;
import dev.sluice.sdk.Content;
import dev.sluice.sdk.test.ActorKit;
import dev.sluice.sdk.test.Reply;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Damaged requests: each has the result of what was sent or is refused, those beside it are answered, and no memory is kept. */
@Timeout(300)
class TensorMutationTest {

    private static final int REQUESTS = 20_000;
    private static final int BATCH = 8;

    /** What a request that is not let go keeps at least. */
    private static final int LOST_BYTES = 200;

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

    @Test
    void areAnsweredOrRefused() {
        Mutator mutator = new Mutator(4_719);
        UnpooledByteBufAllocator buffers = new UnpooledByteBufAllocator(true);
        SteadyMemory memory = new SteadyMemory(REQUESTS / BATCH, LOST_BYTES * BATCH);
        int answered = 0;
        try (ActorKit any = ActorKit.of(Any.class).allocator(buffers).start()) {
            for (int done = 1; done <= REQUESTS / BATCH; done++) {
                answered += batch(any, mutator);
                memory.done(done);
            }
        }
        int untouched = REQUESTS / BATCH;
        assertThat(answered).isBetween(untouched + REQUESTS / 50, REQUESTS * 3 / 4);
        assertThat(buffers.metric().usedDirectMemory() + buffers.metric().usedHeapMemory())
                .isZero();
        memory.assertKeptNothing();
    }

    /** How many were answered. */
    private static int batch(ActorKit any, Mutator mutator) {
        String method = mutator.oneOf(List.of("call", "text"));
        List<Content> batch = new ArrayList<>();
        for (int k = 1; k < BATCH; k++) {
            batch.add(changed(sound(method, mutator), mutator));
        }
        batch.add(sound(method, mutator));
        List<Reply> replies = any.replies(method, batch);
        assertThat(replies.get(BATCH - 1).failure()).isEmpty();
        int answered = 0;
        for (int k = 0; k < BATCH; k++) {
            Reply reply = replies.get(k);
            if (reply.failure().isEmpty()) {
                answered++;
                assertThat(TensorText.of(reply.content(), "outputs"))
                        .as(new String(batch.get(k).bytes(), StandardCharsets.ISO_8859_1))
                        .isEqualTo(TensorText.of(batch.get(k), "inputs"));
            } else {
                assertThat(reply.failure().get().code()).as("%s", reply).isEqualTo(ErrorCode.INVALID_INPUT);
            }
        }
        return answered;
    }

    private static Content sound(String method, Mutator mutator) {
        if (method.equals("text")) {
            return input("BYTES", "[1]", "[\"word\"]");
        }
        long any = mutator.random().nextLong();
        return mutator.once(2)
                ? binary(DataType.INT64, longs(any, 2, 3), 3)
                : input("INT64", "[2]", "[" + any + ", 5]");
    }

    private static Content changed(Content sound, Mutator mutator) {
        if (mutator.once(6)) {
            int length = 1 + mutator.random().nextInt(2 * sound.bytes().length + 2);
            return new Content(sound.bytes(), "application/octet-stream;json-length=" + length);
        }
        boolean binary = !sound.mediaType().endsWith("=" + sound.bytes().length);
        if (binary && mutator.once(2)) {
            int json = Integer.parseInt(sound.mediaType().replaceFirst(".*json-length=", ""));
            byte[] head = Mutator.part(sound.bytes(), 0, json);
            return new Content(Mutator.joined(head, mutator.some(sound.bytes().length - json)), sound.mediaType());
        }
        if (!binary && mutator.once(2)) {
            byte[] json = Mutator.utf8(mutator.json(new String(sound.bytes(), StandardCharsets.UTF_8)));
            return new Content(json, "application/octet-stream;json-length=" + json.length);
        }
        return new Content(mutator.bytes(sound.bytes()), sound.mediaType());
    }
}
