package dev.sluice.common.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import org.junit.jupiter.api.Test;

class NettyMemoryMetersTest {

    @Test
    void showsTheMemoryThatPayloadsLieIn() {
        MeterRegistry registry = new SimpleMeterRegistry();
        new NettyMemoryMeters().bindTo(registry);
        ByteBuf payload = PooledByteBufAllocator.DEFAULT.directBuffer(1024);
        try {
            assertThat(registry.get("netty.allocator.memory.used")
                            .tags("allocator.type", "PooledByteBufAllocator", "memory.type", "direct")
                            .gauge()
                            .value())
                    .isPositive();
            assertThat(registry.get("sluice.memory.direct.max").gauge().value()).isPositive();
        } finally {
            payload.release();
        }
    }
}
