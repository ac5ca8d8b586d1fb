package dev.sluice.host.onnx.testing;

import dev.sluice.common.error.Failure;
import dev.sluice.host.onnx.actor.BatchThreads;
import dev.sluice.host.onnx.actor.Interrupts;
import dev.sluice.host.onnx.actor.ModelContext;
import dev.sluice.host.onnx.actor.ModelVersion;
import dev.sluice.host.onnx.actor.OnnxActorType;
import dev.sluice.host.onnx.session.NativeObjects;
import dev.sluice.host.onnx.session.RuntimeSettings;
import dev.sluice.sdk.Content;
import dev.sluice.sdk.test.ActorKit;
import dev.sluice.sdk.test.Reply;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A replica of a model inside a test, with the bodies that callers send as they are. */
public final class ModelKit implements AutoCloseable {

    public static final long MOST_RESULT_BYTES = 64 << 20;

    /** One thread: what is tested here is not speed. */
    public static final RuntimeSettings ONE_THREAD =
            new RuntimeSettings(1, 1, 1, "cpu", RuntimeSettings.Optimisation.ALL, false);

    private static final Duration USUAL = Duration.ofSeconds(30);

    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);
    private final NativeObjects counted = new NativeObjects();
    private final ModelVersion.Hold hold;
    private final ActorKit kit;

    private final ExecutorService threads = Executors.newFixedThreadPool(2);

    private final Interrupts interrupts = new Interrupts();

    private ModelKit(Path models, String model, RuntimeSettings runtime, Duration timeout) {
        ModelContext context = new ModelContext(
                allocator, counted, runtime, 32, MOST_RESULT_BYTES, new BatchThreads(threads, interrupts));
        ModelVersion version = new ModelVersion(model, "1", models.resolve(model), context);
        hold = version.hold();
        kit = ActorKit.of(new OnnxActorType(model, "1", version, context))
                .allocator(PooledByteBufAllocator.DEFAULT)
                .timeout(timeout)
                .start();
    }

    /** Of the first version of a model in a folder. */
    public static ModelKit of(Path models, String model) {
        return new ModelKit(models, model, ONE_THREAD, USUAL);
    }

    /** Of the first version of a model in a folder, run otherwise than by one thread. */
    public static ModelKit of(Path models, String model, RuntimeSettings runtime) {
        return new ModelKit(models, model, runtime, USUAL);
    }

    /** Of the first version of a model in a folder, with batches that are interrupted after a time. */
    public static ModelKit of(Path models, String model, Duration timeout) {
        return new ModelKit(models, model, ONE_THREAD, timeout);
    }

    /** Of a graph, which is written into a folder first. */
    public static ModelKit of(Graph graph, Path models) {
        graph.writeTo(models, "model", "1");
        return of(models, "model");
    }

    /** Of a graph that something is said of. */
    public static ModelKit of(Graph graph, String config, Path models) throws IOException {
        graph.writeTo(models, "model", "1");
        Files.writeString(models.resolve("model").resolve("config.yaml"), config);
        return of(models, "model");
    }

    public ActorKit actor() {
        return kit;
    }

    public String description() {
        return kit.descriptor().description();
    }

    /** The answer to a JSON body, as text. */
    public String call(String json) {
        return text(replies(List.of(json)).get(0));
    }

    public List<Reply> replies(List<String> json) {
        return bodies(json.stream().map(ModelKit::json).toList());
    }

    public List<Reply> bodies(List<Content> bodies) {
        return kit.replies("call", bodies);
    }

    public static Content json(String body) {
        return new Content(body.getBytes(StandardCharsets.UTF_8), "application/json");
    }

    public static String text(Reply reply) {
        return new String(reply.content().bytes(), StandardCharsets.UTF_8);
    }

    /** Why a JSON body is not answered. */
    public Failure refused(String json) {
        return replies(List.of(json)).get(0).failure().orElseThrow();
    }

    /** Direct memory, native objects and sessions that are open. */
    public List<Long> open() {
        return List.of(allocator.metric().usedDirectMemory(), counted.values(), counted.sessions());
    }

    @Override
    public void close() {
        kit.close();
        hold.close();
        threads.shutdown();
        interrupts.close();
    }
}
