package dev.sluice.frontend.access.token;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;

/** Asks the issuer how its tokens are to be verified, at the first of them: so a frontend starts while it is away. Thread-safe, blocks. */
final class DiscoveredDecoder implements JwtDecoder {

    /** Those that waited while an issuer did not answer do not each wait for it again. */
    static final long FAILURE_REMEMBERED_NANOS = Duration.ofSeconds(2).toNanos();

    private final Supplier<JwtDecoder> discovery;
    private final LongSupplier clock;
    private volatile @Nullable JwtDecoder discovered;
    private @Nullable RuntimeException failure;
    private long failedNanos;

    /**
     * @param discovery fails where the issuer does not tell
     * @param clock monotonic, in nanoseconds
     */
    DiscoveredDecoder(Supplier<JwtDecoder> discovery, LongSupplier clock) {
        this.discovery = discovery;
        this.clock = clock;
    }

    @Override
    public Jwt decode(String token) {
        JwtDecoder known = discovered;
        return (known != null ? known : discover()).decode(token);
    }

    private synchronized JwtDecoder discover() {
        JwtDecoder known = discovered;
        if (known != null) {
            return known;
        }
        if (failure != null && clock.getAsLong() - failedNanos < FAILURE_REMEMBERED_NANOS) {
            throw noDiscovery(failure);
        }
        try {
            JwtDecoder found = discovery.get();
            discovered = found;
            failure = null;
            return found;
        } catch (RuntimeException e) {
            failure = e;
            failedNanos = clock.getAsLong();
            throw noDiscovery(e);
        }
    }

    private static JwtException noDiscovery(RuntimeException cause) {
        return new JwtException("the issuer does not tell of its keys", cause);
    }
}
