package dev.sluice.frontend.access.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.QueryException;
import dev.sluice.frontend.access.ActorPatterns;
import dev.sluice.frontend.access.Caller;
import dev.sluice.frontend.access.Secret;
import dev.sluice.frontend.access.SecretHash;
import dev.sluice.frontend.access.Tenant;
import dev.sluice.frontend.access.Tenants;
import dev.sluice.frontend.access.TokenIssuer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.scheduler.VirtualTimeScheduler;

@ExtendWith(OutputCaptureExtension.class)
class VerifiedTokensTest {

    private static final Tenants TENANTS =
            new Tenants(Map.of("acme", new Tenant(ActorPatterns.of(List.of("team-*")), null)), Tenant.FREE);

    private final TokenIssuer issuer = TokenIssuer.start();
    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5);
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final AtomicInteger decoded = new AtomicInteger();

    @AfterEach
    void close() {
        issuer.close();
    }

    private TokenSettings settings(@Nullable String actorsClaim, @Nullable String operatorScope) {
        return new TokenSettings(
                issuer.uri(),
                null,
                List.of("other", TokenIssuer.AUDIENCE),
                Set.of(SignatureAlgorithm.ES256),
                "sub",
                "tenant",
                actorsClaim,
                operatorScope);
    }

    private VerifiedTokens tokens(TokenSettings settings, Scheduler scheduler) {
        TokenDecoder decoder = TokenDecoders.of(settings);
        return new VerifiedTokens(
                new TokenDecoder(settings.algorithms(), token -> {
                    decoded.incrementAndGet();
                    return decoder.decode(token);
                }),
                new TokenClaims(settings, TENANTS),
                scheduler,
                clock::get,
                InstantSource.fixed(now));
    }

    private VerifiedTokens tokens() {
        return tokens(settings(null, null), Schedulers.immediate());
    }

    private static SecretHash hash(String token) {
        return SecretHash.of(new Secret(token));
    }

    private static Caller verify(VerifiedTokens tokens, String token) {
        return tokens.verify(new Secret(token), hash(token)).block();
    }

    private static QueryException refusal(VerifiedTokens tokens, String token) {
        return catchThrowableOfType(QueryException.class, () -> verify(tokens, token));
    }

    @Test
    void remembersAGoodTokenForAMomentAndThenVerifiesItAgain() {
        VerifiedTokens tokens = tokens();
        String token = issuer.token("acme");
        assertThat(tokens.verified(hash(token))).isNull();

        Caller caller = verify(tokens, token);

        assertThat(caller.tenant()).isEqualTo("acme");
        assertThat(caller.name()).isEqualTo("somebody-of-acme");
        assertThat(tokens.verified(hash(token))).isSameAs(caller);
        clock.addAndGet(VerifiedTokens.REMEMBERED_NANOS - 1);
        assertThat(tokens.verified(hash(token))).isSameAs(caller);
        clock.addAndGet(1);
        assertThat(tokens.verified(hash(token))).isNull();
        assertThat(decoded).hasValue(1);
    }

    /** Else each query of those that came last would have its token verified. */
    @Test
    void remembersThoseThatCameLastHoweverManyThereAre() {
        TokenDecoder signedByAnybody = new TokenDecoder(
                Set.of(SignatureAlgorithm.ES256),
                token -> Jwt.withTokenValue(token)
                        .header("alg", "ES256")
                        .subject(token)
                        .claim("tenant", "acme")
                        .expiresAt(now.plusSeconds(600))
                        .build());
        VerifiedTokens tokens = new VerifiedTokens(
                signedByAnybody,
                new TokenClaims(settings(null, null), TENANTS),
                Schedulers.immediate(),
                clock::get,
                InstantSource.fixed(now));
        String head = issuer.token("acme").split("\\.")[0];
        for (int i = 0; i < 60_000; i++) {
            String token = head + "." + i + ".";
            verify(tokens, token);
            assertThat(tokens.verified(hash(token))).isNotNull();
        }
    }

    @Test
    void remembersNoneThatIsNotGood() {
        VerifiedTokens tokens = tokens();
        String forged = issuer.forged("acme");
        for (int i = 1; i <= 2; i++) {
            assertThat(refusal(tokens, forged).failure().code()).isEqualTo(ErrorCode.UNAUTHENTICATED);
            assertThat(decoded).hasValue(i);
        }
    }

    @Test
    void saysWhatIsWrongWithAToken() {
        assertThat(refusal(tokens(), issuer.expired("acme"))).hasMessageContaining("expired");
        assertThat(refusal(tokens(), issuer.token("acme", claims -> claims.audience("payroll"))))
                .hasMessageContaining("aud");
        assertThat(refusal(tokens(), issuer.token("acme", claims -> claims.claim("tenant", "no name"))))
                .hasMessageContaining("claim tenant");
    }

    /** Its own reason is to be told, so that nobody looks for a fault of theirs. */
    @Test
    void saysThatItIsTheIssuerThatIsAway() {
        VerifiedTokens tokens = tokens();
        String token = issuer.token("acme");
        issuer.close();
        assertThat(refusal(tokens, token).failure().code()).isEqualTo(ErrorCode.UNAVAILABLE);
    }

    /** The keys are fetched only so often: that a third fetch is not even tried says nothing of the token. */
    @Test
    void saysSoAsOftenAsItIsAsked() {
        TokenSettings keysAlone = new TokenSettings(
                null,
                issuer.uri() + "/keys",
                List.of(TokenIssuer.AUDIENCE),
                Set.of(SignatureAlgorithm.ES256),
                "sub",
                "tenant",
                null,
                null);
        VerifiedTokens tokens = tokens(keysAlone, Schedulers.immediate());
        String token = issuer.token("acme");
        issuer.close();
        for (int i = 0; i < 4; i++) {
            assertThat(refusal(tokens, token).failure().code()).isEqualTo(ErrorCode.UNAVAILABLE);
        }
    }

    /** One who can change the keys on their way could make tokens. */
    @Test
    void fetchesNoKeysFromWhereTheyCouldBeChangedOnTheirWay(CapturedOutput output) {
        issuer.keysAt("http://login.example.com/keys");
        assertThat(refusal(tokens(), issuer.token("acme")).failure().code()).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(output.getAll()).contains("http://login.example.com/keys, which is not https");
    }

    @Test
    void goesOnWithTheKeysThatItHasWhileTheIssuerIsAway() {
        VerifiedTokens tokens = tokens();
        verify(tokens, issuer.token("acme"));
        String another = issuer.token("acme");
        issuer.close();
        assertThat(verify(tokens, another).tenant()).isEqualTo("acme");
    }

    @Test
    void fetchesTheKeysAnewForOneThatItDoesNotKnow() {
        VerifiedTokens tokens = tokens();
        verify(tokens, issuer.token("acme"));

        issuer.changeKey();

        assertThat(verify(tokens, issuer.token("acme")).tenant()).isEqualTo("acme");
        assertThat(issuer.fetched()).isEqualTo(2);
    }

    /** Else anybody could have it ask its issuer as often as they like. */
    @Test
    void fetchesThemNotForEveryKeyThatSomebodyInvents() {
        VerifiedTokens tokens = tokens();
        verify(tokens, issuer.token("acme"));
        try (TokenIssuer another = TokenIssuer.start()) {
            for (int i = 0; i < 20; i++) {
                another.changeKey();
                String invented = another.token("acme", claims -> claims.issuer(issuer.uri()));
                assertThat(refusal(tokens, invented).failure().code()).isEqualTo(ErrorCode.UNAUTHENTICATED);
            }
        }
        assertThat(issuer.fetched()).isLessThanOrEqualTo(3);
    }

    @Test
    void verifiesATokenOnceForAllWhoComeWithItMeanwhile() {
        List<Runnable> waiting = new ArrayList<>();
        VerifiedTokens tokens = tokens(settings(null, null), Schedulers.fromExecutor(waiting::add));
        String token = issuer.token("acme");
        List<Caller> callers = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            tokens.verify(new Secret(token), hash(token)).subscribe(callers::add);
        }

        waiting.forEach(Runnable::run);

        assertThat(callers).hasSize(100);
        assertThat(decoded).hasValue(1);
    }

    /** Else whoever sends them would take the places of those who wait for keys. */
    @Test
    void whatIsNoTokenTakesNoPlaceAmongThoseThatWait() {
        Scheduler none = Schedulers.fromExecutor(task -> {
            throw new AssertionError("it was to be verified");
        });
        VerifiedTokens tokens = tokens(settings(null, null), none);
        for (String no : List.of(
                "a.b.c",
                "..",
                "{\"alg\":\"ES256\"}.e30.c2ln",
                issuer.unsigned("acme") + "c2ln",
                issuer.signedWithThePublicKey("acme"))) {
            assertThat(refusal(tokens, no).failure().code()).as(no).isEqualTo(ErrorCode.UNAUTHENTICATED);
        }
        assertThat(decoded).hasValue(0);
    }

    @Test
    void aQueryWaitsForItsIssuerOnlySoLongAndTheNextMayFindItVerified() {
        VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();
        try {
            List<Runnable> waiting = new ArrayList<>();
            VerifiedTokens tokens = tokens(settings(null, null), Schedulers.fromExecutor(waiting::add));
            String token = issuer.token("acme");
            List<Throwable> refusals = new ArrayList<>();
            tokens.verify(new Secret(token), hash(token)).subscribe(caller -> {}, refusals::add);

            time.advanceTimeBy(VerifiedTokens.LONGEST_WAIT.minusMillis(1));
            assertThat(refusals).isEmpty();
            time.advanceTimeBy(Duration.ofMillis(1));
            assertThat(refusals)
                    .singleElement()
                    .isInstanceOfSatisfying(
                            QueryException.class,
                            e -> assertThat(e.failure().code()).isEqualTo(ErrorCode.UNAVAILABLE));

            waiting.forEach(Runnable::run);
            assertThat(tokens.verified(hash(token)).tenant()).isEqualTo("acme");
        } finally {
            VirtualTimeScheduler.reset();
        }
    }

    @Test
    void hasNoRoomForAnyNumberOfThem() {
        Scheduler full = Schedulers.fromExecutor(task -> {
            throw new java.util.concurrent.RejectedExecutionException();
        });
        VerifiedTokens tokens = tokens(settings(null, null), full);
        for (int i = 0; i < 2; i++) {
            assertThat(refusal(tokens, issuer.token("acme")).failure().code()).isEqualTo(ErrorCode.OVERLOADED);
        }
    }

    /** @param seconds from now */
    private String expiringAfter(int seconds) {
        return issuer.token(
                "umbrella",
                claims -> claims.issueTime(Date.from(now.minusSeconds(600)))
                        .expirationTime(Date.from(now.plusSeconds(seconds))));
    }

    private void passSeconds(int seconds) {
        clock.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
    }

    @Test
    void aConnectionEndsAsSoonAsItsTokenIsGoodNoLonger() {
        Caller caller = verify(tokens(), expiringAfter(600));
        assertThat(caller.refusal("any")).isNull();
        passSeconds(629);
        assertThat(caller.refusal("any")).as("clocks may differ by 30 s").isNull();
        passSeconds(1);
        assertThat(caller.refusal("any").code()).isEqualTo(ErrorCode.UNAUTHENTICATED);
    }

    /** Spring says of such a token that it was issued a second before it expires. */
    @Test
    void aTokenNeedNotSayWhenItWasIssued() {
        VerifiedTokens tokens = tokens();
        String token = issuer.token(
                "umbrella", claims -> claims.issueTime(null).expirationTime(Date.from(now.plusSeconds(600))));

        Caller caller = verify(tokens, token);
        passSeconds(29);

        assertThat(tokens.verified(hash(token))).isSameAs(caller);
        assertThat(caller.refusal("any")).isNull();
    }

    @Test
    void aTokenOfTenSecondsIsGoodForAsLongAsItSays() {
        VerifiedTokens tokens = tokens();
        String token = issuer.token(
                "umbrella", claims -> claims.issueTime(Date.from(now)).expirationTime(Date.from(now.plusSeconds(10))));

        Caller caller = verify(tokens, token);
        passSeconds(29);

        assertThat(tokens.verified(hash(token))).isSameAs(caller);
        assertThat(caller.refusal("any")).isNull();
    }

    /** Else it would be answered that its connection is at fault. */
    @Test
    void oneThatHasExpiredMeanwhileIsVerifiedAgain() {
        VerifiedTokens tokens = tokens();
        String token = expiringAfter(-10);

        Caller caller = verify(tokens, token);
        passSeconds(19);
        assertThat(tokens.verified(hash(token))).isSameAs(caller);
        passSeconds(1);
        assertThat(tokens.verified(hash(token))).isNull();
    }

    @Test
    void aTokenMayWhatItsTenantMay() {
        Caller caller = verify(tokens(), issuer.token("acme", claims -> claims.claim("scope", "operate")));
        assertThat(caller.rights().mayCall("team-a")).isTrue();
        assertThat(caller.rights().mayCall("payroll")).isFalse();
        assertThatThrownBy(caller::mustBeOperator).as("no scope is for that").isInstanceOf(QueryException.class);
    }

    @Test
    void aClaimMaySayWhatATokenIsGoodFor() {
        VerifiedTokens tokens = tokens(settings("actors", "operate"), Schedulers.immediate());
        Caller list = verify(tokens, issuer.token("x", claims -> claims.claim("actors", List.of("a", "b*"))));
        assertThat(list.rights().mayCall("b-1")).isTrue();
        assertThat(list.rights().mayCall("c")).isFalse();
        Caller text = verify(tokens, issuer.token("x", claims -> claims.claim("actors", "a b*")));
        assertThat(text.rights().mayCall("a")).isTrue();
        assertThat(text.rights().mayCall("c")).isFalse();
        assertThat(verify(tokens, issuer.token("x")).rights().mayCall("a"))
                .as("it says nothing")
                .isFalse();
        assertThat(text.rights().operator()).isFalse();
        assertThat(verify(tokens, issuer.token("x", claims -> claims.claim("scope", "read operate")))
                        .rights()
                        .operator())
                .isTrue();
        assertThat(verify(tokens, issuer.token("x", claims -> claims.claim("scp", List.of("operate"))))
                        .rights()
                        .operator())
                .isTrue();
    }
}
