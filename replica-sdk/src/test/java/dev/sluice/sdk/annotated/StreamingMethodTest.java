package dev.sluice.sdk.annotated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.QueryException;
import dev.sluice.sdk.Actor;
import dev.sluice.sdk.Content;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.test.publisher.TestPublisher;

class StreamingMethodTest {

    private TestReplica replica;

    @BeforeEach
    void start() {
        Ticks.pulled.set(0);
        Ticks.cancelled = new CountDownLatch(1);
        Ticks.threads.clear();
        replica = new TestReplica(Ticks.class);
    }

    @AfterEach
    void nothingIsLeaked() {
        Thread.interrupted();
        replica.close();
    }

    @Actor("ticks")
    static class Ticks {
        static final AtomicInteger pulled = new AtomicInteger();
        static final Set<String> threads = ConcurrentHashMap.newKeySet();
        static CountDownLatch cancelled = new CountDownLatch(1);

        Flux<Integer> call(int n) {
            return Flux.range(1, n);
        }

        Flux<Integer> endless(int from) {
            return Flux.<Integer, Integer>generate(() -> from, (next, sink) -> {
                        threads.add(Thread.currentThread().getName());
                        pulled.incrementAndGet();
                        sink.next(next);
                        return next + 1;
                    })
                    .doOnCancel(cancelled::countDown);
        }

        Flux<String> failsMidway(int n) {
            return Flux.range(1, n).map(String::valueOf).concatWith(Flux.error(new IllegalStateException("midway")));
        }

        Flux<String> refuses(int n) {
            return Flux.error(new QueryException(ErrorCode.INVALID_INPUT, "No more than 1,000."));
        }

        Flux<String> fatal(int n) {
            return Flux.range(0, n).map(i -> {
                if (i == 2) {
                    throw new NoClassDefFoundError("planted");
                }
                return "ok";
            });
        }

        Flux<Fault> unwritable(int n) {
            return Flux.range(0, n).map(Fault::new).doOnCancel(cancelled::countDown);
        }

        Flux<Content> contents(int n) {
            return Flux.range(0, n).map(i -> Content.text("part " + i));
        }

        Flux<String> nothing(int n) {
            return null;
        }

        Flux<Integer> interrupts(int n) {
            return Flux.range(1, n).doOnNext(i -> {
                if (i == 2) {
                    Thread.currentThread().interrupt();
                }
            });
        }

        Publisher<Integer> rogue(int n) {
            TestPublisher<Integer> rogue = TestPublisher.createNoncompliant(
                    TestPublisher.Violation.CLEANUP_ON_TERMINATE, TestPublisher.Violation.REQUEST_OVERFLOW);
            return subscriber -> {
                rogue.subscribe(subscriber);
                rogue.next(1).complete();
                rogue.next(2).complete();
                rogue.error(new IllegalStateException("and an error"));
            };
        }
    }

    /** A bean whose getter throws for 1. */
    public static final class Fault {
        private final int value;

        Fault(int value) {
            this.value = value;
        }

        public int getValue() {
            if (value == 1) {
                throw new IllegalStateException("getter");
            }
            return value;
        }
    }

    @Test
    void streamsItemsAndThenEnds() {
        RecordingSink sink = replica.run("3", "\"x\"", "0");

        assertThat(sink.outcomes()).containsExactly("", "INVALID_INPUT", "");
        assertThat(sink.items(0)).containsExactly("1", "2", "3");
        assertThat(sink.items(2)).isEmpty();
    }

    @Test
    void yieldsOnlyWhatIsAskedFor() throws InterruptedException {
        RecordingSink sink = stream("endless", new RecordingSink(1).requesting(3), "1");
        assertThat(sink.items(0)).containsExactly("1", "2", "3");
        assertThat(Ticks.pulled).hasValue(3);

        sink.stream(0).request(2);
        sink.awaitItems(0, 5);
        assertThat(sink.items(0)).containsExactly("1", "2", "3", "4", "5");

        sink.stream(0).cancel();
        assertThat(sink.outcomes()).containsExactly("CANCELLED");
        assertThat(Ticks.cancelled.await(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void neverRunsUserCodeOnTheThreadThatAsksForMore() throws InterruptedException {
        RecordingSink sink = stream("endless", new RecordingSink(1).requesting(0), "1");
        Thread eventLoop = new Thread(() -> sink.stream(0).request(4), "event-loop");
        eventLoop.start();
        sink.awaitItems(0, 4);

        assertThat(Ticks.threads).containsExactly("sluice-ticks-continuation");
        replica.running().dispose();
        assertThat(sink.outcomes()).containsExactly("CANCELLED");
    }

    @Test
    void cancellingOneStreamOfABatchLeavesTheOthers() throws InterruptedException {
        RecordingSink sink = stream("endless", new RecordingSink(2).requesting(1), "1", "100");
        sink.stream(0).cancel();
        assertThat(sink.ended(0)).isTrue();
        assertThat(sink.ended(1)).isFalse();

        sink.stream(1).request(1);
        sink.awaitItems(1, 2);
        assertThat(sink.items(1)).containsExactly("100", "101");
        replica.running().dispose();
        assertThat(sink.outcomes()).containsExactly("CANCELLED", "CANCELLED");
    }

    @Test
    void aSinkMayCancelFromWithinAnItem() {
        RecordingSink sink = new RecordingSink(1) {
            @Override
            public synchronized void item(int index, ByteBuf body, String mediaType) {
                super.item(index, body, mediaType);
                if (items(index).size() == 2) {
                    stream(index).cancel();
                    assertThat(ended(index)).as("the end waits for the item").isFalse();
                }
            }
        };
        stream("endless", sink, "1");

        assertThat(sink.outcomes()).containsExactly("CANCELLED");
        assertThat(sink.items(0)).containsExactly("1", "2");
    }

    @Test
    void anErrorMidwayFailsAfterTheItems() {
        RecordingSink sink = run("failsMidway", "2");

        assertThat(sink.items(0)).containsExactly("\"1\"", "\"2\"");
        assertThat(sink.only().message())
                .isEqualTo("Ticks.failsMidway(int) threw java.lang.IllegalStateException: midway");
    }

    @Test
    void whateverAStreamDoesEndsItOnce() throws InterruptedException {
        assertThat(run("refuses", "1").only().message()).isEqualTo("No more than 1,000.");
        assertThat(run("fatal", "5").only().message()).contains("NoClassDefFoundError: planted");
        assertThat(run("nothing", "5").only().message()).contains("returned null");
        RecordingSink unwritable = run("unwritable", "5");
        assertThat(unwritable.only().message()).contains("could not be encoded").contains("getter");
        assertThat(unwritable.items(0)).containsExactly("{\"value\":0}");
        assertThat(Ticks.cancelled.await(60, TimeUnit.SECONDS)).isTrue();
        RecordingSink rogue = run("rogue", "1");
        assertThat(rogue.only().failure()).isNull();
        assertThat(rogue.items(0)).containsExactly("1");
    }

    @Test
    void anInterruptGivesUpAStreamThatRunsOnTheReplicasThread() {
        RecordingSink sink = run("interrupts", "1000000");

        assertThat(Thread.interrupted()).isTrue();
        assertThat(sink.outcomes()).containsExactly("CANCELLED");
        assertThat(sink.items(0)).containsExactly("1");
    }

    @Test
    void itemsHaveTheMediaTypeOfTheirContent() {
        RecordingSink sink = run("contents", "2");

        assertThat(sink.outcomes()).containsExactly("");
        assertThat(sink.items(0)).containsExactly("part 0", "part 1");
    }

    @Test
    void closingTheInstanceEndsItsStreams() {
        RecordingSink sink = stream("endless", new RecordingSink(1).requesting(1), "1");
        replica.close();

        assertThat(sink.outcomes()).containsExactly("CANCELLED");
        sink.stream(0).request(1);
        sink.assertNoFaults();
        assertThat(sink.items(0)).isEqualTo(List.of("1"));
    }

    private RecordingSink run(String method, String... inputs) {
        return stream(method, new RecordingSink(inputs.length), inputs);
    }

    private RecordingSink stream(String method, RecordingSink sink, String... inputs) {
        replica.run(method, sink, inputs);
        return sink;
    }
}
