package dev.sluice.benchmarks.codec;

import dev.sluice.benchmarks.jmh.CodecBenchmark;
import dev.sluice.common.link.OutboxBenchmark;
import java.util.Locale;

/** What is done to a frame, and where it is measured. */
enum Operation {
    /** Into a buffer that is there already. */
    ENCODE(CodecBenchmark.class),
    /** Out of a receive buffer, and released. */
    DECODE(CodecBenchmark.class),
    /** The frame that holds the payload alone, without decoding: what decoding has to allocate. */
    HOLD(CodecBenchmark.class),
    /** Into fresh buffers as a link writes them, without its lanes: what Netty's buffers have to allocate, if anything. */
    WRITE(OutboxBenchmark.class),
    /** Through a link's lanes, and written. */
    QUEUE(OutboxBenchmark.class);

    private final Class<?> benchmark;

    Operation(Class<?> benchmark) {
        this.benchmark = benchmark;
    }

    /** The benchmark of this operation on frames of a kind, as JMH finds it. */
    String pattern(FrameKind kind) {
        String word = name().toLowerCase(Locale.ROOT);
        return benchmark.getName().replace(".", "\\.") + "\\." + word + kind.word() + "$";
    }
}
