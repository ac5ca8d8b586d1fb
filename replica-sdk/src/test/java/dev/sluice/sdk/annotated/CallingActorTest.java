package dev.sluice.sdk.annotated;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.actor.CallPath.Waits;
import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.Failure;
import dev.sluice.common.wire.Meta;
import dev.sluice.sdk.Actor;
import dev.sluice.sdk.ActorClient;
import dev.sluice.sdk.BatchedInput;
import dev.sluice.sdk.CallException;
import dev.sluice.sdk.actor.ActorInstance;
import dev.sluice.sdk.actor.Caller;
import dev.sluice.sdk.actor.Input;
import dev.sluice.sdk.codec.MediaTypes;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

class CallingActorTest {

    /** On whose behalf each call was made. */
    private final List<Caller> callers = new ArrayList<>();

    private final Sinks.One<Integer> answer = Sinks.one();

    private final ActorClient client = new ActorClient() {
        @Override
        public <R> Mono<R> call(String actor, String method, Object input, Class<R> result) {
            return Mono.deferContextual(context -> {
                Caller inContext = context.getOrDefault(Caller.class, null);
                callers.add(Objects.requireNonNull(inContext == null ? Caller.current() : inContext));
                return answer.asMono().cast(result);
            });
        }
    };

    private final ActorInstance actor = new AnnotatedActors(UnpooledByteBufAllocator.DEFAULT, client)
            .of(Asker.class)
            .create(Map.of());

    @Actor("asker")
    static class Asker {
        private final ActorClient others;

        Asker(ActorClient others) {
            this.others = others;
        }

        Mono<Integer> call(int input) {
            return others.call("other", input, Integer.class);
        }

        int blocking(int input) {
            return Objects.requireNonNull(call(input).block());
        }

        /** It looks as if it did not wait, and does. */
        Mono<Integer> both(int input) {
            return Mono.just(Objects.requireNonNull(call(input).block()));
        }

        Mono<Integer> whenSubscribed(int input) {
            return Mono.fromSupplier(() -> Objects.requireNonNull(call(input).block()));
        }

        CompletionStage<Integer> future(int input) {
            return call(input).toFuture();
        }

        CompletionStage<Integer> blockingFuture(int input) {
            return CompletableFuture.completedFuture(blocking(input));
        }

        @BatchedInput
        Mono<List<Integer>> batch(int[] inputs) {
            return Flux.range(0, inputs.length)
                    .flatMap(i -> others.call("other", inputs[i], Integer.class))
                    .collectList();
        }

        Flux<Integer> stream(int input) {
            return Flux.defer(() -> call(input).flux());
        }
    }

    @Actor("alone")
    static class Alone {
        Mono<Integer> call(int input) {
            return Mono.just(input);
        }
    }

    @AfterEach
    void close() {
        actor.close();
    }

    private static Input input(String tenant) {
        Meta meta = new Meta("application/json", "id", tenant);
        return new Input(
                Unpooled.wrappedBuffer("1".getBytes(UTF_8)), MediaTypes.JSON, new Caller("asker", meta, 1_000));
    }

    private RecordingSink run(String method, int queries) {
        RecordingSink sink = new RecordingSink(queries);
        List<Input> inputs = new ArrayList<>();
        for (int i = 0; i < queries; i++) {
            inputs.add(input("tenant-" + i));
        }
        actor.run(method, inputs, sink);
        return sink;
    }

    @Test
    void lendsItsReplicaForWhatComesLater() {
        assertThat(List.of("call", "future", "batch", "both")).allMatch(actor::lends);
        assertThat(List.of("blocking", "stream", "none")).noneMatch(actor::lends);
        assertThat(new AnnotatedActors(UnpooledByteBufAllocator.DEFAULT, client)
                        .of(Alone.class)
                        .create(Map.of())
                        .lends("call"))
                .as("of one that asks nobody")
                .isFalse();
    }

    @Test
    void saysOfACallWhetherItKeepsTheReplica() {
        run("call", 1);
        run("batch", 2);
        assertThat(callers).extracting(Caller::waits).containsExactly(Waits.FREE, Waits.FREE, Waits.FREE);
        assertThat(callers).extracting(Caller::actor).containsOnly("asker");
        callers.clear();
        answer.tryEmitValue(1);
        run("blocking", 1);
        run("both", 1);
        run("whenSubscribed", 1);
        run("stream", 1);
        assertThat(callers).extracting(Caller::waits).containsExactly(Waits.HELD, Waits.HELD, Waits.HELD, Waits.HELD);
        callers.clear();
        run("future", 1);
        run("blockingFuture", 1);
        assertThat(callers)
                .extracting(Caller::waits)
                .as("before it is known whether the method waits")
                .containsExactly(Waits.HELD, Waits.HELD);
    }

    @Test
    void endsAsTheCallDidThatItLetsPass() {
        RecordingSink sink = run("call", 1);
        answer.tryEmitError(new CallException(new Failure(ErrorCode.OVERLOADED, "Too much.", 500)));
        assertThat(sink.await().get(0).failure()).isEqualTo(new Failure(ErrorCode.OVERLOADED, "Too much.", 500));
        assertThat(run("blocking", 1).only().code()).isEqualTo(ErrorCode.OVERLOADED);
        assertThat(run("batch", 2).await().get(1).code()).isEqualTo(ErrorCode.OVERLOADED);
    }

    @Test
    void cannotBeReachedWhereWhatItCallsIsNotThere() {
        answer.tryEmitError(new CallException(new Failure(ErrorCode.NOT_FOUND, "No such actor.")));
        assertThat(run("call", 1).only().failure()).isEqualTo(new Failure(ErrorCode.UNAVAILABLE, "No such actor."));
    }

    @Test
    void worksForEachQueryAloneButForABatchAsAWhole() {
        run("call", 2);
        assertThat(callers).extracting(caller -> caller.meta().tenant()).containsExactly("tenant-0", "tenant-1");
        callers.clear();
        run("batch", 2);
        assertThat(callers).extracting(caller -> caller.meta().tenant()).containsExactly("", "");
        @Nullable Caller left = Caller.current();
        assertThat(left).as("once it is over").isNull();
    }
}
