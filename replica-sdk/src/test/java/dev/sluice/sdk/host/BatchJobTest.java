package dev.sluice.sdk.host;

import static dev.sluice.sdk.host.ScriptedActor.ECHO;
import static dev.sluice.sdk.host.ScriptedActor.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.ErrorCode.Outcome;
import dev.sluice.common.error.Failure;
import dev.sluice.common.testing.FakeLink;
import dev.sluice.common.wire.BatchFrame;
import dev.sluice.common.wire.BatchItem;
import dev.sluice.common.wire.Frame;
import dev.sluice.common.wire.ResultFrame;
import dev.sluice.common.wire.ResultFrame.Kind;
import dev.sluice.common.wire.Role;
import dev.sluice.sdk.actor.BatchSink;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.Disposables;

@Timeout(180)
class BatchJobTest {

    private final FakeLink link = new FakeLink(Role.ROUTER, "router-0");
    private final Batches batches = new Batches();
    private final RecordingMeters meters = new RecordingMeters();
    private final CancelThread cancels = new CancelThread("a-0");
    private final AtomicInteger ends = new AtomicInteger();
    private final List<ByteBuf> results = new ArrayList<>();

    @AfterEach
    void released() {
        batches.assertReleased();
        assertThat(link.unreleased()).isEmpty();
        assertThat(results).allMatch(result -> result.refCnt() == 0, "released");
    }

    private BatchJob job(String... inputs) {
        return job(batches.of(1, "a-0", inputs));
    }

    private BatchJob job(BatchFrame frame) {
        return new BatchJob(frame, link, meters, cancels, last -> {
            ends.incrementAndGet();
            link.send(last);
        });
    }

    private void run(BatchJob job, ScriptedActor.Script script) {
        job.announceStart(System.nanoTime());
        job.run(ScriptedActor.of("a", script).instance(), "a", () -> {});
    }

    private ByteBuf result(String text) {
        ByteBuf result = text(text);
        results.add(result);
        return result;
    }

    /** What was sent, but for what queries took, which has a test of its own. */
    private List<Frame> rest() {
        return link.rest().stream()
                .filter(frame -> !(frame instanceof Frame.Spent))
                .toList();
    }

    @Test
    void tellsWhatAQueryTookBeforeItsOutcome() {
        run(job("x", "y", "z"), (inputs, sink) -> {
            sink.result(1, result("r"), "text/plain");
            sink.fail(0, new Failure(ErrorCode.FAILED, "no"));
            sink.streaming(2, new Demand());
            sink.item(2, result("item"), "text/plain");
            sink.complete(2);
            return Disposables.disposed();
        });
        List<Frame> sent = link.rest();
        assertThat(sent)
                .hasExactlyElementsOfTypes(
                        Frame.Started.class,
                        Frame.Spent.class,
                        ResultFrame.class,
                        Frame.Spent.class,
                        Frame.Failed.class,
                        ResultFrame.class,
                        Frame.Spent.class,
                        ResultFrame.class,
                        Frame.Done.class);
        List<Frame.Spent> spent = sent.stream()
                .filter(Frame.Spent.class::isInstance)
                .map(Frame.Spent.class::cast)
                .toList();
        assertThat(spent).extracting(Frame.Spent::exchange).containsExactly(101L, 100L, 102L);
        assertThat(spent).extracting(Frame.Spent::waitedNanos).allMatch(nanos -> nanos >= 0);
        assertThat(spent)
                .as("ever later")
                .extracting(Frame.Spent::ranNanos)
                .isSorted()
                .allMatch(nanos -> nanos >= 0);
    }

    @Test
    void answersEachQueryAndThenIsDone() {
        run(job("x", "y"), ECHO);
        List<Frame> sent = rest();
        assertThat(sent.get(0)).isEqualTo(new Frame.Started(1));
        assertThat(exchanges(sent)).containsExactly(100L, 101L);
        assertThat(link.body((ResultFrame) sent.get(1))).isEqualTo("x");
        assertThat(link.body((ResultFrame) sent.get(2))).isEqualTo("y");
        assertThat(sent.get(3)).isInstanceOf(Frame.Done.class);
        assertThat(sent).hasSize(4);
        assertThat(ends).hasValue(1);
        assertThat(meters.outcomes).containsExactly(Outcome.ANSWERED, Outcome.ANSWERED);
        assertThat(meters.batches).containsExactly(2);
    }

    @Test
    void isNotDoneBeforeUserCodeHasReturned() {
        run(job("x"), (inputs, sink) -> {
            sink.result(0, result("r"), "text/plain");
            assertThat(rest()).noneMatch(Frame.Done.class::isInstance);
            assertThat(ends).hasValue(0);
            return Disposables.disposed();
        });
        assertThat(rest()).singleElement().isInstanceOf(Frame.Done.class);
        assertThat(ends).hasValue(1);
    }

    @Test
    void isDoneWithTheLastOfTheResultsThatComeLater() {
        AtomicReference<BatchSink> later = new AtomicReference<>();
        run(job("x", "y"), (inputs, sink) -> {
            later.set(sink);
            return Disposables.single();
        });
        later.get().result(1, result("second"), "text/plain");
        assertThat(rest()).noneMatch(Frame.Done.class::isInstance);
        later.get().fail(0, new Failure(ErrorCode.FAILED, "no"));
        assertThat(rest()).last().isInstanceOf(Frame.Done.class);
        assertThat(ends).hasValue(1);
    }

    @Test
    void flushesResultsThatComeAfterUserCodeReturned() {
        AtomicReference<BatchSink> later = new AtomicReference<>();
        run(job("x", "y"), (inputs, sink) -> {
            later.set(sink);
            return Disposables.single();
        });
        int before = link.flushes();
        later.get().result(1, result("r"), "text/plain");
        assertThat(link.flushes()).isGreaterThan(before);
        later.get().result(0, result("r"), "text/plain");
    }

    @Test
    void takesOneOutcomeForAQueryAndDropsWhateverElseComes() {
        run(job("x"), (inputs, sink) -> {
            sink.result(0, result("first"), "text/plain");
            sink.result(0, result("second"), "text/plain");
            sink.fail(0, new Failure(ErrorCode.FAILED, "third"));
            sink.item(0, result("fourth"), "text/plain");
            sink.complete(0);
            return Disposables.disposed();
        });
        assertThat(exchanges(rest())).containsExactly(100L);
        assertThat(meters.outcomes).containsExactly(Outcome.ANSWERED);
    }

    @Test
    void runsWithoutTheQueriesThatWereCancelledBefore() {
        BatchJob job = job("x", "y", "z");
        job.cancel(101);
        run(job, (inputs, sink) -> {
            assertThat(inputs).extracting(ScriptedActor::text).containsExactly("x", "z");
            return ECHO.run(inputs, sink);
        });
        assertThat(exchanges(rest())).containsExactly(100L, 102L);
        assertThat(meters.outcomes).containsExactlyInAnyOrder(Outcome.CANCELLED, Outcome.ANSWERED, Outcome.ANSWERED);
    }

    @Test
    void callsNoUserCodeWhereAllWereCancelledBefore() {
        BatchJob job = job("x", "y");
        job.cancelAll();
        AtomicBoolean called = new AtomicBoolean();
        run(job, (inputs, sink) -> {
            called.set(true);
            return Disposables.disposed();
        });
        assertThat(called).isFalse();
        assertThat(rest()).last().isInstanceOf(Frame.Done.class);
        assertThat(ends).hasValue(1);
    }

    @Test
    void expiresWhatHasNoTimeLeftAndRunsTheRest() {
        BatchItem late = batches.item(7, 0, "late");
        BatchItem good = batches.item(8, Batches.BUDGET, "good");
        run(job(new BatchFrame(1, false, "a-0", "call", List.of(late, good))), ECHO);
        List<Frame> sent = rest();
        assertThat(failure(sent.get(1), 7)).isEqualTo(ErrorCode.EXPIRED);
        assertThat(link.body((ResultFrame) sent.get(2))).isEqualTo("good");
        assertThat(sent.get(3)).isInstanceOf(Frame.Done.class);
    }

    @Test
    void failsAQueryWithADamagedMetaAlone() {
        BatchItem good = batches.item(8, Batches.BUDGET, "good");
        run(job(new BatchFrame(1, false, "a-0", "call", List.of(batches.damaged(7), good))), ECHO);
        List<Frame> sent = rest();
        assertThat(failure(sent.get(1), 7)).isEqualTo(ErrorCode.INVALID_INPUT);
        assertThat(link.body((ResultFrame) sent.get(2))).isEqualTo("good");
    }

    @Test
    void failsItsQueriesWhereUserCodeThrowsAnErrorOutOfIt() {
        run(job("x", "y"), (inputs, sink) -> {
            sink.result(0, result("r"), "text/plain");
            throw new StackOverflowError("planted");
        });
        List<Frame> sent = rest();
        assertThat(exchanges(sent)).containsExactly(100L, 101L);
        assertThat(failure(sent.get(2), 101)).isEqualTo(ErrorCode.FAILED);
        assertThat(sent).last().isInstanceOf(Frame.Done.class);
    }

    @Test
    void failsItsQueriesWhereUserCodeThrowsWhatItDoesNotDeclare() {
        run(job("x"), (inputs, sink) -> {
            throw new IOException("planted");
        });
        assertThat(failure(rest().get(1), 100)).isEqualTo(ErrorCode.FAILED);
        assertThat(ends).hasValue(1);
    }

    @Test
    void failsWhatUserCodeGivesUpThoughItsCallerWaits() {
        run(job("x"), (inputs, sink) -> {
            sink.fail(0, new Failure(ErrorCode.CANCELLED, "interrupted by itself"));
            return Disposables.disposed();
        });
        assertThat(failure(rest().get(1), 100)).isEqualTo(ErrorCode.FAILED);
        assertThat(meters.outcomes).containsExactly(Outcome.FAILED);
    }

    @Test
    void interruptsUserCodeOnlyWhenAllItsCallersAreGone() throws Exception {
        BatchJob job = job("x", "y");
        CountDownLatch begun = new CountDownLatch(1);
        BlockingQueue<String> firstGone = new LinkedBlockingQueue<>();
        BlockingQueue<String> seen = new LinkedBlockingQueue<>();
        Thread replica = new Thread(() -> run(job, (inputs, sink) -> {
            begun.countDown();
            try {
                seen.add(firstGone.take());
                new CountDownLatch(1).await();
            } catch (InterruptedException expected) {
                sink.result(0, result("late"), "text/plain");
                sink.fail(1, new Failure(ErrorCode.CANCELLED, "interrupted"));
            }
            return Disposables.disposed();
        }));
        replica.start();
        begun.await();
        job.cancel(100);
        firstGone.add("not interrupted by the first");
        assertThat(seen.take()).isEqualTo("not interrupted by the first");
        job.cancel(101);
        replica.join();
        assertThat(exchanges(rest())).isEmpty();
        assertThat(ends).hasValue(1);
    }

    @Test
    void givesUpWhatIsStillUnderWayBeforeItIsDone() throws Exception {
        AtomicReference<BatchSink> later = new AtomicReference<>();
        AtomicBoolean disposed = new AtomicBoolean();
        AtomicReference<Thread> by = new AtomicReference<>();
        Disposable handle = new Disposable() {
            @Override
            public void dispose() {
                by.set(Thread.currentThread());
                assertThat(rest()).noneMatch(Frame.Done.class::isInstance);
                disposed.set(true);
            }

            @Override
            public boolean isDisposed() {
                return disposed.get();
            }
        };
        BatchJob job = job("x", "y");
        run(job, (inputs, sink) -> {
            later.set(sink);
            return handle;
        });
        job.cancel(100);
        assertThat(disposed).isFalse();
        job.cancel(101);
        link.next(Frame.Done.class);
        assertThat(disposed).isTrue();
        assertThat(by.get()).as("user code runs on no event loop").isNotSameAs(Thread.currentThread());
        assertThat(by.get().isDaemon()).isTrue();
        assertThat(by.get().getName()).as("and holds up nobody else's").isEqualTo("replica-a-0-cancel");
        later.get().result(0, result("late"), "text/plain");
    }

    @Test
    void endsOnceItIsGivenUpThoughUserCodeBlocksTheCancel() throws Exception {
        CountDownLatch free = new CountDownLatch(1);
        BatchJob job = job("x");
        run(job, (inputs, sink) -> () -> {
            try {
                free.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        job.cancel(100);
        assertThat(rest()).noneMatch(Frame.Done.class::isInstance);
        job.giveUp(new Failure(ErrorCode.FAILED, "stuck"));
        assertThat(rest()).last().isInstanceOf(Frame.Done.class);
        free.countDown();
        CountDownLatch after = new CountDownLatch(1);
        cancels.execute(after::countDown);
        after.await();
        assertThat(ends).hasValue(1);
    }

    @Test
    void leavesWhatEndedByItselfAlone() throws Exception {
        AtomicReference<BatchSink> later = new AtomicReference<>();
        AtomicInteger disposes = new AtomicInteger();
        BatchJob job = job("x", "y");
        AtomicBoolean ended = new AtomicBoolean();
        run(job, (inputs, sink) -> {
            later.set(sink);
            return new Disposable() {
                @Override
                public void dispose() {
                    disposes.incrementAndGet();
                }

                @Override
                public boolean isDisposed() {
                    return ended.get();
                }
            };
        });
        job.cancel(100);
        ended.set(true);
        later.get().result(1, result("r"), "text/plain");
        link.next(Frame.Done.class);
        assertThat(disposes).hasValue(0);
    }

    @Test
    void failsWhatAStuckReplicaHoldsAndInterruptsIt() throws Exception {
        BatchJob job = job("x", "y");
        CountDownLatch begun = new CountDownLatch(1);
        Thread replica = new Thread(() -> run(job, (inputs, sink) -> {
            sink.result(0, result("in time"), "text/plain");
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException expected) {
                sink.result(1, result("late"), "text/plain");
            }
            return Disposables.disposed();
        }));
        replica.start();
        begun.await();
        job.giveUp(new Failure(ErrorCode.FAILED, "stuck"));
        replica.join();
        List<Frame> sent = rest();
        assertThat(exchanges(sent)).containsExactly(100L, 101L);
        assertThat(failure(sent.get(2), 101)).isEqualTo(ErrorCode.FAILED);
        assertThat(sent).last().isInstanceOf(Frame.Done.class);
    }

    @Test
    void tellsTheRouterThatARefusedBatchDidNotStart() {
        BatchJob job = job("x", "y");
        job.cancel(100);
        job.refuse();
        job.cancel(101);
        assertThat(rest()).containsExactly(new Frame.Busy(1));
        assertThat(ends).hasValue(1);
        assertThat(meters.batches).isEmpty();
        assertThat(meters.inFlight).hasValue(0);
    }

    @Test
    void streamsItemsAndAsksForMoreAsTheyAreWritten() {
        Demand demand = new Demand();
        run(job("x"), (inputs, sink) -> {
            sink.streaming(0, demand);
            assertThat(demand.requested).hasValue(StreamWindow.FIRST_ITEMS);
            link.holdBack();
            sink.item(0, result("a"), "text/plain");
            assertThat(demand.requested).hasValue(StreamWindow.MOST_ITEMS);
            link.writeOn();
            assertThat(demand.requested).hasValue(StreamWindow.MOST_ITEMS + 1);
            sink.complete(0);
            sink.item(0, result("after the end"), "text/plain");
            return Disposables.disposed();
        });
        List<Frame> sent = rest();
        assertThat(sent.subList(1, 3))
                .extracting(frame -> ((ResultFrame) frame).kind())
                .containsExactly(Kind.ITEM, Kind.END);
        assertThat(meters.outcomes).containsExactly(Outcome.ANSWERED);
    }

    @Test
    void endsAStreamWithAnItemThatTheRouterDoesNotTake() throws Exception {
        Demand demand = new Demand();
        AtomicReference<BatchSink> later = new AtomicReference<>();
        run(job("x", "y"), (inputs, sink) -> {
            later.set(sink);
            sink.streaming(0, demand);
            sink.item(0, result("a"), "text/plain");
            int asked = demand.requested.get();
            sink.item(0, result("x".repeat((int) link.peer().maxPayloadBytes() + 1)), "text/plain");
            assertThat(demand.requested).as("more is not asked for").hasValue(asked);
            return Disposables.single();
        });
        demand.cancelled.await();
        later.get().item(0, result("b"), "text/plain");
        later.get().complete(0);
        List<Frame> sent = rest();
        assertThat(exchanges(sent)).containsExactly(100L, 100L);
        assertThat(failure(sent.get(2), 100)).isEqualTo(ErrorCode.FAILED);
        assertThat(((Frame.Failed) sent.get(2)).message()).contains("sluice.link.max-payload");
        assertThat(meters.outcomes).containsExactly(Outcome.FAILED);
        later.get().result(1, result("r"), "text/plain");
        link.next(Frame.Done.class);
    }

    @Test
    void takesAnItemOfTheMostThatTheRouterTakes() {
        run(job("x"), (inputs, sink) -> {
            sink.streaming(0, new Demand());
            sink.item(0, result("x".repeat((int) link.peer().maxPayloadBytes())), "text/plain");
            sink.complete(0);
            return Disposables.disposed();
        });
        assertThat(exchanges(rest())).containsExactly(100L, 100L);
        assertThat(meters.outcomes).containsExactly(Outcome.ANSWERED);
    }

    @Test
    void cancelsAStreamWhoseCallerIsGone() throws Exception {
        Demand demand = new Demand();
        BatchJob job = job("x", "y");
        AtomicReference<BatchSink> later = new AtomicReference<>();
        run(job, (inputs, sink) -> {
            later.set(sink);
            sink.streaming(0, demand);
            sink.item(0, result("a"), "text/plain");
            return Disposables.single();
        });
        job.cancel(100);
        demand.cancelled.await();
        later.get().item(0, result("b"), "text/plain");
        assertThat(exchanges(rest())).containsExactly(100L);
        later.get().result(1, result("r"), "text/plain");
        assertThat(link.next(ResultFrame.class).exchange()).isEqualTo(101);
        link.next(Frame.Done.class);
    }

    @Test
    void cancelsAStreamWhoseCallerLeftBeforeItBegan() throws Exception {
        Demand demand = new Demand();
        BatchJob job = job("x", "y");
        run(job, (inputs, sink) -> {
            job.cancel(100);
            sink.streaming(0, demand);
            sink.result(1, result("r"), "text/plain");
            return Disposables.disposed();
        });
        demand.cancelled.await();
        assertThat(demand.requested).hasValue(0);
        link.next(Frame.Done.class);
    }

    @Test
    void givesEachQueryOneOutcomeWhoeverIsFirst() throws Exception {
        int rounds = 200;
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            for (int round = 0; round < rounds; round++) {
                BatchJob job = job("a", "b", "c", "d");
                AtomicReference<BatchSink> sink = new AtomicReference<>();
                run(job, (inputs, given) -> {
                    sink.set(given);
                    return Disposables.disposed();
                });
                CyclicBarrier start = new CyclicBarrier(3);
                List<Future<?>> all = List.of(
                        threads.submit(() -> race(start, i -> sink.get().result(i, text("r"), "text/plain"))),
                        threads.submit(() -> race(start, i -> job.cancel(100 + i))),
                        threads.submit(() ->
                                race(start, i -> sink.get().fail(3 - i, new Failure(ErrorCode.FAILED, "no")))));
                for (Future<?> each : all) {
                    each.get();
                }
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(ends).hasValue(rounds);
        assertThat(meters.outcomes).hasSize(4 * rounds);
        List<Frame> sent = rest();
        assertThat(sent.stream().filter(Frame.Done.class::isInstance)).hasSize(rounds);
        long cancelled =
                meters.outcomes.stream().filter(Outcome.CANCELLED::equals).count();
        assertThat(exchanges(sent)).hasSize((int) (4L * rounds - cancelled));
    }

    private interface Act {
        void on(int index);
    }

    private static Void race(CyclicBarrier start, Act act) throws Exception {
        start.await();
        for (int i = 0; i < 4; i++) {
            act.on(i);
        }
        return null;
    }

    /** The queries that have an outcome or item in these frames. */
    private static List<Long> exchanges(List<Frame> frames) {
        List<Long> exchanges = new ArrayList<>();
        for (Frame frame : frames) {
            if (frame instanceof ResultFrame result) {
                exchanges.add(result.exchange());
            } else if (frame instanceof Frame.Failed failed) {
                exchanges.add(failed.exchange());
            }
        }
        return exchanges;
    }

    private static ErrorCode failure(Frame frame, long exchange) {
        assertThat(frame).isInstanceOf(Frame.Failed.class);
        Frame.Failed failed = (Frame.Failed) frame;
        assertThat(failed.exchange()).isEqualTo(exchange);
        return ErrorCode.of(failed.code());
    }

    private static final class Demand implements Subscription {
        final AtomicInteger requested = new AtomicInteger();
        final CountDownLatch cancelled = new CountDownLatch(1);

        @Override
        public void request(long n) {
            requested.addAndGet((int) n);
        }

        @Override
        public void cancel() {
            cancelled.countDown();
        }
    }
}
