package dev.sluice.common.link;

import dev.sluice.common.wire.BatchFrame;
import dev.sluice.common.wire.Frame;
import dev.sluice.common.wire.FrameEncoder;
import dev.sluice.common.wire.QueryFrame;
import dev.sluice.common.wire.ResultFrame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;

/**
 * Takes a burst of frames through the lanes of a link and out of them again, encoded: what a round of an event loop does. Lies in
 * the package of the lanes, which nothing else has to see.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class OutboxBenchmark {

    private static final int BURST = 32;
    private static final long PLENTY = 1L << 50;

    private final ByteBuf queryData = SampleFrames.queryData();
    private final ByteBuf resultData = SampleFrames.resultData();
    private final int metaLength = SampleFrames.metaLength();
    private final QueryFrame query = SampleFrames.query(metaLength, queryData);
    private final BatchFrame batch = SampleFrames.batch(metaLength, () -> queryData);
    private final ResultFrame result = SampleFrames.result(resultData);
    private final NextRound rounds = new NextRound();
    private final Outbox outbox = new Outbox(rounds, ByteBufAllocator.DEFAULT, new Returns());

    @Setup
    public void open(Blackhole blackhole) {
        outbox.subscribe(new BaseSubscriber<>() {
            @Override
            protected void hookOnSubscribe(Subscription subscription) {
                subscription.request(Long.MAX_VALUE);
            }

            @Override
            protected void hookOnNext(ByteBuf bytes) {
                blackhole.consume(bytes.readableBytes());
                bytes.release();
            }
        });
        outbox.grant(PLENTY, PLENTY);
        rounds.run();
    }

    @TearDown
    public void close() {
        outbox.close();
        rounds.run();
        queryData.release();
        resultData.release();
    }

    @Benchmark
    @OperationsPerInvocation(BURST)
    public void queueQuery() {
        queryData.retain(BURST);
        burst(query);
    }

    @Benchmark
    @OperationsPerInvocation(BURST)
    public void queueBatch() {
        queryData.retain(BURST * SampleFrames.BATCH_SIZE);
        burst(batch);
    }

    @Benchmark
    @OperationsPerInvocation(BURST)
    public void queueResult() {
        resultData.retain(BURST);
        burst(result);
    }

    @Benchmark
    @OperationsPerInvocation(BURST)
    public void writeQuery(Blackhole blackhole) {
        write(query, blackhole);
    }

    @Benchmark
    @OperationsPerInvocation(BURST)
    public void writeBatch(Blackhole blackhole) {
        write(batch, blackhole);
    }

    @Benchmark
    @OperationsPerInvocation(BURST)
    public void writeResult(Blackhole blackhole) {
        write(result, blackhole);
    }

    private static void write(Frame frame, Blackhole blackhole) {
        ByteBuf buffer = ByteBufAllocator.DEFAULT.directBuffer(Outbox.FIRST_BUFFER_BYTES);
        for (int i = 0; i < BURST; i++) {
            FrameEncoder.encode(frame, buffer);
            if (buffer.readableBytes() >= Outbox.BUFFER_BYTES) {
                blackhole.consume(buffer.readableBytes());
                buffer.release();
                buffer = ByteBufAllocator.DEFAULT.directBuffer(Outbox.FIRST_BUFFER_BYTES);
            }
        }
        blackhole.consume(buffer.readableBytes());
        buffer.release();
    }

    private void burst(Frame frame) {
        for (int i = 0; i < BURST; i++) {
            outbox.offer(frame);
        }
        rounds.run();
    }
}
