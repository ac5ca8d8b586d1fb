package dev.sluice.frontend.access.token;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.Failure;
import dev.sluice.common.error.QueryException;
import dev.sluice.frontend.access.Caller;
import dev.sluice.frontend.access.KnownCallers;
import dev.sluice.frontend.access.RecentMap;
import dev.sluice.frontend.access.Secret;
import dev.sluice.frontend.access.SecretHash;
import dev.sluice.frontend.access.Tenants;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtValidationException;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Verifies tokens on threads of its own, and remembers for a moment those that are good: a caller sends the same one with each query.
 * After that moment one is verified again, so that it is good no longer than that once its issuer has changed its keys.
 */
public final class VerifiedTokens implements KnownCallers.Tokens, AutoCloseable {

    static final long REMEMBERED_NANOS = Duration.ofSeconds(30).toNanos();

    /** Twice as many at most. */
    private static final int MOST_REMEMBERED = 25_000;

    private static final int THREADS = 4;
    private static final int MOST_WAITING = 1_000;

    private static final Logger log = LoggerFactory.getLogger(VerifiedTokens.class);

    /** As long as a query waits, however long its issuer is silent. */
    static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    /** No connection lasts longer, and it fits into nanoseconds. */
    private static final Duration LONGEST = Duration.ofDays(365);

    private static final Failure NOT_GOOD = new Failure(
            ErrorCode.UNAUTHENTICATED,
            "The token is not good here: it is none, or is not signed by a key of the issuer that this frontend goes by.");

    private static final Failure NO_KEYS = new Failure(
            ErrorCode.UNAVAILABLE,
            "The keys that tokens are verified with cannot be had at the moment; try again.",
            2_000);

    private static final Failure TOO_SLOW = new Failure(
            ErrorCode.UNAVAILABLE,
            "The token could not be verified within " + LONGEST_WAIT.toSeconds() + " s; try again.",
            2_000);

    private static final Failure TOO_MANY =
            new Failure(ErrorCode.OVERLOADED, "As many tokens wait to be verified as may; try again.", 1_000);

    private final TokenDecoder decoder;
    private final TokenClaims claims;
    private final Scheduler scheduler;
    private final LongSupplier clock;
    private final InstantSource wallClock;
    private final RecentMap<SecretHash, Verified> verified;
    private final Map<SecretHash, Mono<Caller>> underWay = new ConcurrentHashMap<>();
    private volatile boolean failing;

    private record Verified(Caller caller, long atNanos) {

        boolean isRecent(long now) {
            return now - atNanos < REMEMBERED_NANOS;
        }
    }

    /**
     * @param scheduler where the decoder may block; one that takes only so many
     * @param clock monotonic, in nanoseconds
     * @param wallClock by which tokens say when they expire
     */
    VerifiedTokens(
            TokenDecoder decoder,
            TokenClaims claims,
            Scheduler scheduler,
            LongSupplier clock,
            InstantSource wallClock) {
        this.decoder = decoder;
        this.claims = claims;
        this.scheduler = scheduler;
        this.clock = clock;
        this.wallClock = wallClock;
        this.verified = new RecentMap<>(REMEMBERED_NANOS, MOST_REMEMBERED, clock.getAsLong());
    }

    /** Of the issuer that the settings name. */
    public static VerifiedTokens of(TokenSettings settings, Tenants tenants) {
        return new VerifiedTokens(
                TokenDecoders.of(settings),
                new TokenClaims(settings, tenants),
                Schedulers.newBoundedElastic(THREADS, MOST_WAITING, "tokens", 60, true),
                System::nanoTime,
                InstantSource.system());
    }

    @Override
    public void close() {
        scheduler.dispose();
    }

    @Override
    public @Nullable Caller verified(SecretHash token) {
        long now = clock.getAsLong();
        Verified known = verified.get(token, now);
        return known != null && known.isRecent(now) && known.caller().gone() == null ? known.caller() : null;
    }

    @Override
    public Mono<Caller> verify(Secret token, SecretHash hash) {
        if (!decoder.mayBeGood(token.text())) {
            return Mono.error(NOT_GOOD.toException());
        }
        return verification(token, hash).timeout(LONGEST_WAIT, Mono.error(TOO_SLOW::toException));
    }

    /** One for all queries that come with it meanwhile. It goes on when they wait no longer: what it finds out is good for the next. */
    private Mono<Caller> verification(Secret token, SecretHash hash) {
        return underWay.computeIfAbsent(
                hash,
                absent -> Mono.fromCallable(() -> decoded(token, hash))
                        .subscribeOn(scheduler)
                        .onErrorMap(RejectedExecutionException.class, full -> TOO_MANY.toException())
                        .doFinally(signal -> underWay.remove(hash))
                        .cache());
    }

    private Caller decoded(Secret token, SecretHash hash) {
        try {
            Caller caller = caller(decoder.decode(token.text()));
            failing = false;
            long now = clock.getAsLong();
            verified.put(hash, new Verified(caller, now), now);
            return caller;
        } catch (RuntimeException e) {
            verified.remove(hash);
            throw refusal(e);
        }
    }

    /** Good as long as its token is, and so are its connections; a clock that is set meanwhile changes nothing of that. */
    private Caller caller(Jwt token) {
        // Not from when it was issued: where a token does not say so, Spring takes the second before it expires.
        Instant expires = Objects.requireNonNull(token.getExpiresAt(), "a token has to expire");
        Duration left = Duration.between(wallClock.instant(), expires).plus(TokenDecoders.SKEW);
        long nanos = (left.compareTo(LONGEST) > 0 ? LONGEST : left).toNanos();
        long since = clock.getAsLong();
        return new Caller(
                claims.name(token),
                claims.tenant(token),
                claims.rights(token),
                () -> clock.getAsLong() - since < nanos);
    }

    private QueryException refusal(RuntimeException e) {
        if (e instanceof QueryException refusal) {
            return refusal;
        }
        if (e instanceof JwtValidationException invalid && !invalid.getErrors().isEmpty()) {
            // What it says is of the claims that were looked at: when it expired, and the like.
            String why = invalid.getErrors().iterator().next().getDescription();
            return new QueryException(ErrorCode.UNAUTHENTICATED, "The token is not good here: " + why + ".");
        }
        if (e instanceof BadJwtException) {
            return NOT_GOOD.toException();
        }
        if (!failing) {
            failing = true;
            log.warn("Tokens cannot be verified at the moment", e);
        }
        return NO_KEYS.toException();
    }
}
