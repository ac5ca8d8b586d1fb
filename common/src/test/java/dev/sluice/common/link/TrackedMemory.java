package dev.sluice.common.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;

/** Buffers of which it is known, to the byte, how much was not released. */
final class TrackedMemory {

    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false, true);

    ByteBufAllocator allocator() {
        return allocator;
    }

    ByteBuf copy(byte[] bytes) {
        return allocator.buffer(bytes.length).writeBytes(bytes);
    }

    long used() {
        return allocator.metric().usedHeapMemory() + allocator.metric().usedDirectMemory();
    }

    void assertAllReleased() {
        assertThat(used()).as("bytes that were not released").isZero();
    }
}
