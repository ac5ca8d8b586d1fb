package dev.sluice.frontend.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.common.error.QueryException;
import dev.sluice.frontend.access.KnownCallers.Tokens;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

class KnownCallersTest {

    private static final Caller HOLDER = TestCallers.ofTenant("acme");
    private static final Caller BEARER = TestCallers.ofTenant("umbrella");
    private static final SecretHash KEY = SecretHash.of(new Secret("the key of acme"));
    private static final SecretHash KNOWN_TOKEN = SecretHash.of(new Secret("known.to.ken"));

    private static final Tokens TOKENS = new Tokens() {

        @Override
        public @Nullable Caller verified(SecretHash token) {
            return KNOWN_TOKEN.equals(token) ? BEARER : null;
        }

        @Override
        public Mono<Caller> verify(Secret token, SecretHash hash) {
            return token.text().startsWith("good.") ? Mono.just(BEARER) : Mono.error(Callers.UNKNOWN.toException());
        }
    };

    private final KnownCallers callers = new KnownCallers(hash -> KEY.equals(hash) ? HOLDER : null, TOKENS);
    private final KnownCallers withoutTokens = new KnownCallers(hash -> KEY.equals(hash) ? HOLDER : null, Tokens.NONE);

    private static Credentials bearer(String text) {
        return new Credentials(new Secret(text), "");
    }

    @Test
    void knowsAKeyAndATokenOfBeforeAtOnce() {
        assertThat(callers.known(bearer("the key of acme"))).isSameAs(HOLDER);
        assertThat(callers.known(bearer("known.to.ken"))).isSameAs(BEARER);
        assertThat(callers.identify(bearer("the key of acme")).block()).isSameAs(HOLDER);
    }

    @Test
    void looksElsewhereForATokenThatItDoesNotKnowYet() {
        assertThat(callers.known(bearer("good.to.ken"))).isNull();
        assertThat(callers.identify(bearer("good.to.ken")).block()).isSameAs(BEARER);
        assertThatThrownBy(() -> callers.identify(bearer("bad.to.ken")).block()).hasMessage(Callers.UNKNOWN.message());
    }

    @Test
    void lookNowhereForWhatIsNoToken() {
        assertThatThrownBy(() -> callers.known(bearer("another key"))).hasMessage(Callers.UNKNOWN.message());
        for (String none : new String[] {"good", "good.to", "good.to.k.en", "..."}) {
            assertThatThrownBy(() -> callers.known(bearer(none))).as(none).hasMessage(Callers.UNKNOWN.message());
        }
        assertThatThrownBy(() -> withoutTokens.known(bearer("good.to.ken"))).hasMessage(Callers.UNKNOWN.message());
    }

    @Test
    void nobodyWithoutCredentialsGetsIn() {
        for (KnownCallers each : new KnownCallers[] {callers, withoutTokens}) {
            assertThatThrownBy(() -> each.known(Credentials.NONE))
                    .isInstanceOf(QueryException.class)
                    .hasMessage(Callers.NO_CREDENTIALS.message());
            assertThatThrownBy(() -> each.known(bearer(""))).hasMessage(Callers.NO_CREDENTIALS.message());
            assertThatThrownBy(() -> each.identify(Credentials.NONE).block())
                    .hasMessage(Callers.NO_CREDENTIALS.message());
        }
    }

    /** It would be a way around the credentials. */
    @ParameterizedTest
    @ValueSource(strings = {"umbrella", "acme"})
    void believesNobodyWhichTenantItIs(String tenant) {
        Credentials claim = new Credentials(new Secret("the key of acme"), tenant);
        assertThat(callers.known(claim).tenant()).isEqualTo("acme");
        assertThatThrownBy(() -> callers.known(new Credentials(null, tenant)))
                .hasMessage(Callers.NO_CREDENTIALS.message());
    }

    @Test
    void anOpenFrontendBelievesIt() {
        assertThat(Callers.OPEN.known(new Credentials(null, "acme")).tenant()).isEqualTo("acme");
        assertThat(Callers.OPEN.known(bearer("whatever"))).isSameAs(Caller.ANONYMOUS);
    }
}
