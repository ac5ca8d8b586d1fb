package dev.sluice.frontend.access;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Those who have an API key or a token, and nobody else. */
public final class KnownCallers implements Callers {

    private final Keys keys;
    private final Tokens tokens;

    /** API keys. */
    @FunctionalInterface
    public interface Keys {
        /** Whose it is; null where it is nobody's. */
        @Nullable Caller caller(SecretHash key);
    }

    /** Tokens that somebody else issued. */
    public interface Tokens {

        /** None is known. */
        Tokens NONE = new Tokens() {

            @Override
            public @Nullable Caller verified(SecretHash token) {
                return null;
            }

            @Override
            public Mono<Caller> verify(Secret token, SecretHash hash) {
                return Mono.error(UNKNOWN.toException());
            }
        };

        /** Whose it is, where it was verified a moment ago; null where it was not. */
        @Nullable Caller verified(SecretHash token);

        Mono<Caller> verify(Secret token, SecretHash hash);
    }

    public KnownCallers(Keys keys, Tokens tokens) {
        this.keys = keys;
        this.tokens = tokens;
    }

    @Override
    public @Nullable Caller known(Credentials credentials) {
        Secret secret = required(credentials);
        SecretHash hash = SecretHash.of(secret);
        Caller caller = keys.caller(hash);
        if (caller != null) {
            return caller;
        }
        if (!mayBeToken(secret)) {
            throw UNKNOWN.toException();
        }
        return tokens.verified(hash);
    }

    @Override
    public Mono<Caller> identify(Credentials credentials) {
        return Mono.defer(() -> {
            Caller caller = known(credentials);
            Secret secret = required(credentials);
            return caller != null ? Mono.just(caller) : tokens.verify(secret, SecretHash.of(secret));
        });
    }

    private static Secret required(Credentials credentials) {
        Secret secret = credentials.secret();
        if (secret == null || secret.text().isEmpty()) {
            throw NO_CREDENTIALS.toException();
        }
        return secret;
    }

    /** Three parts with dots between them, as a signed token has; what is none costs no look. */
    private boolean mayBeToken(Secret secret) {
        return tokens != Tokens.NONE
                && secret.text().chars().filter(c -> c == '.').count() == 2;
    }
}
