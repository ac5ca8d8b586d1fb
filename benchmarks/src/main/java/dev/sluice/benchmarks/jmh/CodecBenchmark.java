package dev.sluice.benchmarks.jmh;

import dev.sluice.common.link.SampleFrames;
import dev.sluice.common.wire.BatchFrame;
import dev.sluice.common.wire.Frame;
import dev.sluice.common.wire.FrameDecoder;
import dev.sluice.common.wire.FrameEncoder;
import dev.sluice.common.wire.QueryFrame;
import dev.sluice.common.wire.ResultFrame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Encodes and decodes one frame of a kind. What decoding may allocate, the frame that holds the payload, is what {@code hold...}
 * allocates: the same frame, made by hand around a slice of the same bytes.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CodecBenchmark {

    private final FrameDecoder decoder = new FrameDecoder(ByteBufAllocator.DEFAULT);
    private final ByteBuf out = ByteBufAllocator.DEFAULT.directBuffer(64 << 10);
    private final ByteBuf queryData = SampleFrames.queryData();
    private final ByteBuf resultData = SampleFrames.resultData();
    private final int metaLength = SampleFrames.metaLength();
    private final QueryFrame query = SampleFrames.query(metaLength, queryData);
    private final BatchFrame batch = SampleFrames.batch(metaLength, () -> queryData);
    private final ResultFrame result = SampleFrames.result(resultData);
    private final ByteBuf queryBytes = encoded(query);
    private final ByteBuf batchBytes = encoded(batch);
    private final ByteBuf resultBytes = encoded(result);
    private final Supplier<ByteBuf> queryDataSlices = () -> slice(queryData);
    private Consumer<Frame> received = frame -> {};

    @Setup
    public void consume(Blackhole blackhole) {
        received = frame -> {
            blackhole.consume(frame);
            if (frame instanceof QueryFrame cargo) {
                cargo.release();
            } else if (frame instanceof ResultFrame cargo) {
                cargo.release();
            } else if (frame instanceof BatchFrame cargo) {
                cargo.release();
            }
        };
    }

    @TearDown
    public void release() {
        decoder.close();
        out.release();
        queryData.release();
        resultData.release();
        queryBytes.release();
        batchBytes.release();
        resultBytes.release();
    }

    @Benchmark
    public int encodeQuery() {
        return encode(query);
    }

    @Benchmark
    public int encodeBatch() {
        return encode(batch);
    }

    @Benchmark
    public int encodeResult() {
        return encode(result);
    }

    @Benchmark
    public void decodeQuery() {
        decode(queryBytes);
    }

    @Benchmark
    public void decodeBatch() {
        decode(batchBytes);
    }

    @Benchmark
    public void decodeResult() {
        decode(resultBytes);
    }

    @Benchmark
    public void holdQuery() {
        received.accept(SampleFrames.query(metaLength, slice(queryData)));
    }

    @Benchmark
    public void holdBatch() {
        received.accept(SampleFrames.batch(metaLength, queryDataSlices));
    }

    @Benchmark
    public void holdResult() {
        received.accept(SampleFrames.result(slice(resultData)));
    }

    private int encode(Frame frame) {
        out.clear();
        FrameEncoder.encode(frame, out);
        return out.writerIndex();
    }

    private void decode(ByteBuf bytes) {
        bytes.readerIndex(0);
        decoder.feed(bytes.retain(), received);
    }

    private static ByteBuf slice(ByteBuf data) {
        return data.retainedSlice(data.readerIndex(), data.readableBytes());
    }

    private static ByteBuf encoded(Frame frame) {
        ByteBuf bytes = ByteBufAllocator.DEFAULT.directBuffer();
        FrameEncoder.encode(frame, bytes);
        return bytes;
    }
}
