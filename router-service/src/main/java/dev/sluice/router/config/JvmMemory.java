package dev.sluice.router.config;

import io.netty.util.internal.PlatformDependent;

/**
 * What this JVM has for queries: their payloads lie in direct memory, what is known of them on the heap.
 *
 * @param directBytes the most direct memory
 * @param heapBytes the most heap
 */
record JvmMemory(long directBytes, long heapBytes) {

    static JvmMemory ofThisProcess() {
        // Netty counts by itself, and does not show up in the JVM's own numbers.
        return new JvmMemory(
                PlatformDependent.maxDirectMemory(), Runtime.getRuntime().maxMemory());
    }

    /** Leaves room for what is being received and sent, and for a payload being a little smaller than its place. */
    long forQueries() {
        return Math.min(directBytes / 4 * 3, heapBytes / 2);
    }
}
