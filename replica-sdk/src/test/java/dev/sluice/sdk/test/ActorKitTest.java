package dev.sluice.sdk.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.QueryException;
import dev.sluice.sdk.Actor;
import dev.sluice.sdk.Arg;
import dev.sluice.sdk.BatchedInput;
import dev.sluice.sdk.Content;
import dev.sluice.sdk.actor.InvalidActorException;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import tools.jackson.databind.JsonNode;

class ActorKitTest {

    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);
    private ActorKit kit;

    @AfterEach
    void nothingIsLeaked() {
        if (kit != null) {
            kit.close();
        }
        assertThat(allocator.metric().usedDirectMemory() + allocator.metric().usedHeapMemory())
                .isZero();
    }

    private ActorKit start(ActorKit.Builder builder) {
        kit = builder.allocator(allocator).start();
        return kit;
    }

    @Actor("kit")
    static class Sample implements AutoCloseable {
        static CountDownLatch closed = new CountDownLatch(1);
        private final long increment;

        Sample(@Arg(value = "increment", defaultValue = "1") long increment) {
            this.increment = increment;
        }

        @BatchedInput(maxBatchSize = 16)
        long[] call(long[] inputs) {
            return LongStream.of(inputs).map(i -> i + increment).toArray();
        }

        @BatchedInput
        int[] size(List<JsonNode> inputs) {
            int[] sizes = new int[inputs.size()];
            Arrays.fill(sizes, sizes.length);
            return sizes;
        }

        String shout(String text) {
            return text.toUpperCase(Locale.ROOT);
        }

        Content echo(Content input) {
            return input;
        }

        byte[] reverse(byte[] input) {
            byte[] reversed = new byte[input.length];
            for (int i = 0; i < input.length; i++) {
                reversed[i] = input[input.length - 1 - i];
            }
            return reversed;
        }

        Flux<Integer> ticks(int n) {
            return Flux.range(1, n);
        }

        Mono<String> never(boolean ignored) {
            return Mono.never();
        }

        void blocks(boolean ignored) throws InterruptedException {
            new CountDownLatch(1).await();
        }

        String thread(boolean ignored) {
            return Thread.currentThread().getName();
        }

        @Override
        public void close() {
            closed.countDown();
        }
    }

    record Pair(String left, int right) {}

    @Test
    void callsOneByOneInBatchesAndByName() {
        start(ActorKit.of(Sample.class).arg("increment", 3));

        assertThat(kit.call(39).asInt()).isEqualTo(42);
        assertThat(kit.call(39L, Long.class)).isEqualTo(42L);
        assertThat(kit.callAll(List.of(1, 2, 3))).extracting(JsonNode::asInt).containsExactly(4, 5, 6);
        assertThat(kit.callAll("size", List.of("a", new Pair("b", 1))))
                .extracting(JsonNode::asInt)
                .containsExactly(2, 2);
        assertThat(kit.call("shout", "loud", String.class)).isEqualTo("LOUD");
        assertThat(kit.call("thread", true).asString()).isEqualTo("sluice-kit");
        assertThat(kit.descriptor().name()).isEqualTo("kit");
    }

    @Test
    void sendsContentAndBytesAsTheyAre() {
        start(ActorKit.of(Sample.class));

        Content png = new Content(new byte[] {1, 2}, "image/png");
        Content back = kit.call("echo", png, Content.class);
        assertThat(back.mediaType()).isEqualTo("image/png");
        assertThat(back.bytes()).containsExactly(1, 2);
        assertThat(kit.call("reverse", new byte[] {1, 2}, byte[].class)).containsExactly(2, 1);
        assertThat(kit.call("reverse", new byte[] {1, 2}).isBinary()).isTrue();
        assertThat(kit.call("echo", Content.text("hi")).asString()).isEqualTo("hi");
        assertThat(kit.call("echo", Content.text("hi"), String.class)).isEqualTo("hi");
        assertThat(kit.call("echo", (Object) null).isNull()).isTrue();
    }

    @Test
    void failsWithWhatACallerWouldSee() {
        start(ActorKit.of(Sample.class));

        assertThatThrownBy(() -> kit.call("one"))
                .isInstanceOfSatisfying(
                        QueryException.class,
                        thrown -> assertThat(thrown.failure().code()).isEqualTo(ErrorCode.INVALID_INPUT));
        List<Reply> replies = kit.replies("call", List.of(1, "two", 3));
        assertThat(replies.get(0).as(long.class)).isEqualTo(2);
        assertThat(replies.get(1).failure()).isPresent();
        assertThatThrownBy(() -> replies.get(1).value()).isInstanceOf(QueryException.class);
        assertThatThrownBy(() -> kit.callAll(List.of(1, "two", 3))).isInstanceOf(QueryException.class);
        assertThatThrownBy(() -> kit.call("nope", 1)).hasMessageContaining("has no method \"nope\"");
        assertThatThrownBy(() -> ActorKit.of(Sample.class).arg("incremnt", 1).start())
                .isInstanceOf(InvalidActorException.class)
                .hasMessageContaining("did you mean \"increment\"?");
    }

    @Test
    void streamsAtThePaceOfTheTest() {
        start(ActorKit.of(Sample.class));

        StepVerifier.create(kit.stream("ticks", 1_000_000).map(JsonNode::asInt), 2)
                .expectNext(1, 2)
                .thenRequest(1)
                .expectNext(3)
                .thenCancel()
                .verify(Duration.ofSeconds(60));
        assertThat(kit.stream("ticks", 3).map(JsonNode::asInt).collectList().block(Duration.ofSeconds(60)))
                .containsExactly(1, 2, 3);
        assertThatThrownBy(() -> kit.stream("ticks", "x").blockLast(Duration.ofSeconds(60)))
                .isInstanceOf(QueryException.class);
        assertThatThrownBy(() -> kit.call("ticks", 3)).hasMessageContaining("use stream");
    }

    @Test
    void givesUpWhatTakesTooLongAndServesOn() {
        start(ActorKit.of(Sample.class).timeout(Duration.ofMillis(50)));

        for (String method : List.of("never", "blocks")) {
            assertThatThrownBy(() -> kit.call(method, true))
                    .isInstanceOfSatisfying(
                            QueryException.class,
                            thrown -> assertThat(thrown.failure().code()).isEqualTo(ErrorCode.EXPIRED));
        }
    }

    @Test
    void closesTheActorOnce() {
        Sample.closed = new CountDownLatch(1);
        start(ActorKit.of(Sample.class));
        kit.close();
        kit.close();

        assertThat(Sample.closed.getCount()).isZero();
        assertThatThrownBy(() -> kit.call(1)).hasMessageContaining("closed");
    }
}
