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
        return known(secret, SecretHash.of(secret));
    }

    private @Nullable Caller known(Secret secret, SecretHash hash) {
        Caller caller = keys.caller(hash);
        if (caller != null) {
            return caller;
        }
        if (!mayBeToken(secret.text())) {
            throw UNKNOWN.toException();
        }
        return tokens.verified(hash);
    }

    @Override
    public Mono<Caller> identify(Credentials credentials) {
        return Mono.defer(() -> {
            Secret secret = required(credentials);
            SecretHash hash = SecretHash.of(secret);
            Caller caller = known(secret, hash);
            return caller != null ? Mono.just(caller) : tokens.verify(secret, hash);
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
    private boolean mayBeToken(String text) {
        if (tokens == Tokens.NONE) {
            return false;
        }
        int first = text.indexOf('.');
        int second = text.indexOf('.', first + 1);
        return first >= 0 && second >= 0 && text.indexOf('.', second + 1) < 0;
    }
}
