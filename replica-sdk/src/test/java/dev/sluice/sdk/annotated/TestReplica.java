package dev.sluice.sdk.annotated;

import static dev.sluice.common.testing.Patience.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.sdk.actor.ActorInstance;
import dev.sluice.sdk.actor.BatchSink;
import dev.sluice.sdk.actor.Input;
import dev.sluice.sdk.codec.MediaTypes;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import reactor.core.Disposable;

/** An instance under test whose buffers are counted; closing it finds those that were lost. */
final class TestReplica implements AutoCloseable {

    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);
    private final ActorInstance instance;
    private final List<Input> inputs = new ArrayList<>();
    private Disposable running;

    TestReplica(Class<?> actor) {
        this(actor, Map.of());
    }

    TestReplica(Class<?> actor, Map<String, String> args) {
        instance = new AnnotatedActors(allocator).of(actor).create(args);
    }

    /** Runs a batch of {@code call} with JSON inputs. */
    RecordingSink run(String... json) {
        return run("call", json);
    }

    RecordingSink run(String method, String[] json) {
        RecordingSink sink = new RecordingSink(json.length);
        run(method, sink, json);
        return sink;
    }

    void run(String method, BatchSink sink, String... json) {
        List<Input> batch = new ArrayList<>();
        for (String each : json) {
            batch.add(input(each.getBytes(UTF_8), MediaTypes.JSON));
        }
        running = instance.run(method, batch, sink);
    }

    RecordingSink runBody(String body, String mediaType) {
        RecordingSink sink = new RecordingSink(1);
        running = instance.run("call", List.of(input(body.getBytes(UTF_8), mediaType)), sink);
        return sink;
    }

    Disposable running() {
        return running;
    }

    private Input input(byte[] body, String mediaType) {
        Input input = new Input(allocator.buffer(Math.max(1, body.length)).writeBytes(body), mediaType);
        inputs.add(input);
        return input;
    }

    @Override
    public void close() {
        instance.close();
        for (Input input : inputs) {
            assertThat(input.body().refCnt())
                    .as("inputs are read, not released")
                    .isEqualTo(1);
            input.body().release();
        }
        inputs.clear();
        // A thread that was making the next item of a stream when that was given up may not have let go of it yet.
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .untilAsserted(() -> assertThat(allocator.metric().usedDirectMemory()
                                + allocator.metric().usedHeapMemory())
                        .as("bytes in buffers nobody released")
                        .isZero());
    }
}
