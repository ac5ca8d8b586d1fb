package dev.sluice.benchmarks.jmh;

import dev.sluice.common.report.QueryReport;
import dev.sluice.common.report.QueryReport.Batched;
import dev.sluice.common.report.QueryReport.Ran;
import dev.sluice.common.wire.Frame;
import dev.sluice.common.wire.FrameDecoder;
import dev.sluice.common.wire.FrameEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/** What it costs to tell where the time of a query went: what the host says of it, and what its router reports. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ReportBenchmark {

    private final ByteBuf out = ByteBufAllocator.DEFAULT.directBuffer(1024);
    private final FrameDecoder decoder = new FrameDecoder(ByteBufAllocator.DEFAULT);
    private long exchange;

    @TearDown
    public void close() {
        decoder.close();
        out.release();
    }

    @Benchmark
    public void spent(Blackhole blackhole) {
        overTheLink(new Frame.Spent(++exchange, 20_000, 1_500_000), blackhole);
    }

    @Benchmark
    public void report(Blackhole blackhole) {
        QueryReport report = new QueryReport(
                "1",
                3_000_000,
                1_000_000,
                1,
                new Batched(8, 3, "vadder-0", "host-0", 2_000_000, new Ran(20_000, 1_500_000)));
        overTheLink(new Frame.Report(++exchange, report.encode()), blackhole);
    }

    private void overTheLink(Frame frame, Blackhole blackhole) {
        out.clear();
        FrameEncoder.encode(frame, out);
        decoder.feed(out.retain(), blackhole::consume);
    }
}
