package dev.sluice.common.testing;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * Lets event loops draw from {@link java.security.SecureRandom}. To BlockHound that is the reading of a file, but the
 * file is the kernel's pool of randomness, which never keeps a reader waiting.
 */
public final class SystemRandomness implements BlockHoundIntegration {

    @Override
    public void applyTo(BlockHound.Builder builder) {
        builder.allowBlockingCallsInside("sun.security.provider.NativePRNG$RandomIO", "readFully");
    }
}
