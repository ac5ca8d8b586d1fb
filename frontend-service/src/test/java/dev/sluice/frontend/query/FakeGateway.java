package dev.sluice.frontend.query;

import static dev.sluice.common.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.actor.MethodDescriptor;
import dev.sluice.common.concurrent.RetainedBytes;
import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.Failure;
import dev.sluice.common.error.QueryException;
import dev.sluice.common.tensor.DataType;
import dev.sluice.common.tensor.InferMedia;
import dev.sluice.common.tensor.TensorSignature;
import dev.sluice.common.tensor.TensorSpec;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.EmptyByteBuf;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * A gateway without anything behind it: actors are functions. It keeps the contract of the real one (an input is
 * released once, and what it was counted for given back; a cancelled query is known to be) and counts every buffer that goes through it.
 */
public final class FakeGateway implements Gateway {

    public static final String JSON = "application/json";

    private final Map<String, ActorDescriptor> actors = new ConcurrentHashMap<>();
    private final Map<String, Function<QueryCall, Flux<Answer>>> code = new ConcurrentHashMap<>();
    private final Queue<ByteBuf> buffers = new ConcurrentLinkedQueue<>();
    private final Queue<Seen> calls = new ConcurrentLinkedQueue<>();
    private final AtomicInteger cancelled = new AtomicInteger();
    private volatile String catalogueThread = "";
    private volatile boolean ready = true;
    private volatile long maxPayloadBytes = 64 * 1024 * 1024;
    private volatile RetainedBytes retained = new RetainedBytes(Long.MAX_VALUE);

    /** A call as it came, with its input copied out. */
    public record Seen(QueryCall call, String input) {}

    public FakeGateway() {
        actor("vadder", false, call -> answer(Long.toString(Long.parseLong(text(call)) + 1)));
        actor("echo", false, call -> Flux.just(track(new Answer(copy(call.body()), call.mediaType()))));
        actor("elsewhere", false, call -> answer(text(call)).publishOn(Schedulers.parallel()));
        actor(
                "late",
                false,
                call -> Mono.delay(Duration.ofMillis(1_500)).thenMany(Flux.defer(() -> answer("\"late\""))));
        actor("never", false, call -> Flux.never());
        actor("picture", false, call -> answer(new byte[] {(byte) 0x89, 'P', 'N', 'G', 0}, "image/png"));
        actor(
                "prose",
                false,
                call -> answer("one \"line\"\nétwo".getBytes(StandardCharsets.UTF_8), "text/plain;charset=UTF-8"));
        actor("empty", false, call -> Flux.empty());
        actor("twice", false, call -> answer("1").concatWith(answer("2")));
        actor("broken", false, call -> Flux.error(new IllegalStateException("planted")));
        actor("thrower", false, call -> {
            throw new IllegalStateException("planted");
        });
        actor(
                "ticks",
                true,
                call -> Flux.range(1, Integer.parseInt(text(call))).concatMap(i -> answer(Integer.toString(i))));
        actor("stuck", true, call -> answer("1").concatWith(Flux.never()));
        actor(
                "spoilt",
                true,
                call -> answer("1").concatWith(Flux.error(new QueryException(ErrorCode.LOST, "The replica is gone."))));
        actor(
                "failing",
                false,
                call -> Flux.error(new QueryException(
                        new Failure(ErrorCode.valueOf(text(call).replace("\"", "")), "It is planned.", 1_001))));
    }

    /** Publishes an actor whose methods {@code call} and {@code other} run this code. */
    public void actor(String name, boolean streaming, Function<QueryCall, Flux<Answer>> run) {
        MethodDescriptor call = new MethodDescriptor("call", true, 16, 5_000, streaming, "long", "long");
        MethodDescriptor other = new MethodDescriptor("other", false, 1, 0, streaming, "JsonNode", "byte[]");
        actors.put(
                name, new ActorDescriptor(name, "1", false, 30_000, "fifo", "The actor " + name, List.of(call, other)));
        code.put(name, run);
    }

    /** Publishes an actor whose method {@code pieces} streams one body of this media type; {@code call} gives JSON. */
    public void body(String name, String mediaType, Function<QueryCall, Flux<Answer>> run) {
        MethodDescriptor call = new MethodDescriptor("call", false, 1, 0, false, "long", "long");
        MethodDescriptor pieces = new MethodDescriptor("pieces", false, 1, 0, true, "long", mediaType);
        actors.put(
                name, new ActorDescriptor(name, "1", true, 30_000, "fifo", "The actor " + name, List.of(call, pieces)));
        code.put(name, run);
    }

    /** Publishes an actor whose method {@code call} is batched and takes and gives these tensors. */
    public void model(String name, TensorSignature tensors, Function<QueryCall, Flux<Answer>> run) {
        MethodDescriptor call =
                new MethodDescriptor("call", true, 8, 0, false, "float[]", "float[]", Optional.of(tensors));
        actors.put(name, new ActorDescriptor(name, "3", true, 30_000, "fifo", "The model " + name, List.of(call)));
        code.put(name, run);
    }

    /** Publishes an actor whose method {@code call} is not batched, takes a tensor and gives its data back as another. */
    public void one(String name, TensorSpec input, TensorSpec output) {
        TensorSignature tensors = new TensorSignature(List.of(input), List.of(output));
        MethodDescriptor call = new MethodDescriptor("call", false, 1, 0, false, "long", "long", Optional.of(tensors));
        actors.put(name, new ActorDescriptor(name, "1", true, 30_000, "fifo", "One at a time", List.of(call)));
        code.put(name, query -> {
            ByteBuf body = query.body();
            int head = InferMedia.jsonLength(query.mediaType()).orElseThrow();
            String json = body.toString(body.readerIndex(), head, StandardCharsets.UTF_8)
                    .replace("inputs", "outputs")
                    .replace("\"name\":\"" + input.name() + "\"", "\"name\":\"" + output.name() + "\"");
            byte[] data = new byte[body.readableBytes() - head];
            body.getBytes(body.readerIndex() + head, data);
            byte[] front = json.getBytes(StandardCharsets.UTF_8);
            byte[] whole = Arrays.copyOf(front, front.length + data.length);
            System.arraycopy(data, 0, whole, front.length, data.length);
            return answer(whole, InferMedia.binary(front.length));
        });
    }

    /** Changes what an actor's code gives. */
    public void change(String name, BiFunction<QueryCall, Flux<Answer>, Flux<Answer>> change) {
        code.computeIfPresent(name, (same, run) -> call -> change.apply(call, Flux.defer(() -> run.apply(call))));
    }

    /** Likewise, of a number {@code x}, and without an answer. */
    public void oneThatNeverEnds(String name) {
        TensorSpec number = new TensorSpec("x", DataType.INT64, new long[] {1});
        one(name, number, number);
        code.put(name, query -> Flux.never());
    }

    public void ready(boolean isReady) {
        ready = isReady;
    }

    public void maxPayloadBytes(long bytes) {
        maxPayloadBytes = bytes;
    }

    public void maxRetainedBytes(long bytes) {
        retained = new RetainedBytes(bytes);
    }

    @Override
    public RetainedBytes retained() {
        return retained;
    }

    public List<Seen> calls() {
        return new ArrayList<>(calls);
    }

    /** By which the actors were listed last. */
    public String catalogueThread() {
        return catalogueThread;
    }

    public int cancelledCalls() {
        return cancelled.get();
    }

    /**
     * Waits until every buffer that passed through is released and nothing is charged for. A client may have its answer
     * before the event loop that wrote it lets the bytes go.
     */
    public void assertReleased() {
        await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1)).untilAsserted(() -> {
            assertThat(unreleased()).isEmpty();
            assertThat(retained.held()).isZero();
        });
    }

    /**
     * Buffers that passed through and are not released. Looks at nothing but their counts: another thread may release
     * one meanwhile.
     */
    public List<ByteBuf> unreleased() {
        return buffers.stream()
                .filter(buffer -> buffer.refCnt() > 0 && !(buffer instanceof EmptyByteBuf))
                .toList();
    }

    /** What went through, but for what is held still: a test of very many calls would run out of memory. */
    public void forgetCalls() {
        buffers.removeIf(buffer -> buffer.refCnt() == 0);
        calls.clear();
    }

    public void forget() {
        buffers.clear();
        calls.clear();
        cancelled.set(0);
        ready = true;
        maxPayloadBytes = 64 * 1024 * 1024;
        retained = new RetainedBytes(Long.MAX_VALUE);
    }

    @Override
    public Flux<Answer> call(QueryCall call) {
        RetainedBytes held = retained;
        buffers.add(call.body());
        calls.add(new Seen(call, call.body().readableBytes() < 10_000 ? text(call) : "..."));
        return Flux.defer(() -> code.get(call.actor()).apply(call))
                .doOnDiscard(Answer.class, answer -> answer.body().release())
                .doOnCancel(cancelled::incrementAndGet)
                .doFinally(signal -> {
                    call.body().release();
                    held.give(call.charge());
                });
    }

    @Override
    public Flux<Answer> refuse(QueryCall call, Failure why) {
        buffers.add(call.body());
        call.body().release();
        retained.give(call.charge());
        return Flux.error(why.toException());
    }

    @Override
    public boolean ready() {
        return ready;
    }

    @Override
    public List<ActorDescriptor> actors() {
        catalogueThread = Thread.currentThread().getName();
        return actors.values().stream()
                .sorted(Comparator.comparing(ActorDescriptor::name))
                .toList();
    }

    @Override
    public Optional<ActorDescriptor> actor(String name) {
        return ready ? Optional.ofNullable(actors.get(name)) : Optional.empty();
    }

    @Override
    public long maxPayloadBytes() {
        return maxPayloadBytes;
    }

    public Flux<Answer> answer(String json) {
        return answer(json.getBytes(StandardCharsets.UTF_8), JSON);
    }

    public Flux<Answer> answer(byte[] body, String mediaType) {
        return Flux.defer(() -> Flux.just(
                track(new Answer(ByteBufAllocator.DEFAULT.buffer(body.length).writeBytes(body), mediaType))));
    }

    private Answer track(Answer answer) {
        buffers.add(answer.body());
        return answer;
    }

    private static String text(QueryCall call) {
        return call.body().toString(StandardCharsets.UTF_8);
    }

    private static ByteBuf copy(ByteBuf body) {
        return ByteBufAllocator.DEFAULT
                .buffer(body.readableBytes())
                .writeBytes(body, body.readerIndex(), body.readableBytes());
    }
}
