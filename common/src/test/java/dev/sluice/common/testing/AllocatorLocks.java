package dev.sluice.common.testing;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * Lets event loops allocate buffers. Where several threads do at once Netty's adaptive allocator grows, under a lock that each
 * holds for a few instructions; for its pooled allocator Netty allows the same itself. Without this a test under load sees its
 * connection broken by BlockHound's error, now and then.
 */
public final class AllocatorLocks implements BlockHoundIntegration {

    @Override
    public void applyTo(BlockHound.Builder builder) {
        builder.allowBlockingCallsInside("io.netty.buffer.AdaptivePoolingAllocator", "allocate");
    }
}
