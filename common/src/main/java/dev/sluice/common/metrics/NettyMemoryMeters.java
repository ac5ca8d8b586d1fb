package dev.sluice.common.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.netty4.NettyAllocatorMetrics;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.internal.PlatformDependent;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The memory in which payloads lie. Netty counts it by itself; the JVM's own numbers do not show it. */
public final class NettyMemoryMeters implements MeterBinder {

    @Override
    public void bindTo(MeterRegistry meters) {
        Set<ByteBufAllocator> allocators =
                new LinkedHashSet<>(List.of(PooledByteBufAllocator.DEFAULT, ByteBufAllocator.DEFAULT));
        for (ByteBufAllocator allocator : allocators) {
            if (allocator instanceof ByteBufAllocatorMetricProvider provider) {
                new NettyAllocatorMetrics(provider).bindTo(meters);
            }
        }
        // Below zero where this JVM does not let Netty count.
        if (PlatformDependent.usedDirectMemory() >= 0) {
            Gauge.builder("sluice.memory.direct.used", PlatformDependent::usedDirectMemory)
                    .description("Direct memory that Netty has taken from the system")
                    .baseUnit("bytes")
                    .register(meters);
        }
        Gauge.builder("sluice.memory.direct.max", PlatformDependent::maxDirectMemory)
                .description("Direct memory that Netty may take")
                .baseUnit("bytes")
                .register(meters);
    }
}
