package dev.sluice.frontend.access;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.Failure;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Finds out who calls. Thread-safe, never blocks. */
public interface Callers {

    Failure NO_CREDENTIALS = new Failure(
            ErrorCode.UNAUTHENTICATED,
            "This frontend serves callers that it knows: send an API key or a token as Authorization: Bearer, or a key as"
                    + " X-API-Key.");

    Failure UNKNOWN = new Failure(ErrorCode.UNAUTHENTICATED, "The API key or token is not known to this frontend.");

    /** Asks nobody: whoever reaches this frontend may all, and says itself which tenant it is. */
    Callers OPEN = new Callers() {

        @Override
        public Caller known(Credentials credentials) {
            return credentials.tenant().isEmpty() ? Caller.ANONYMOUS : Caller.saying(credentials.tenant());
        }

        @Override
        public Mono<Caller> identify(Credentials credentials) {
            return Mono.just(known(credentials));
        }
    };

    /**
     * Who shows these credentials, where that is known at once; null where it takes longer, and {@link #identify} has to be asked.
     *
     * @throws dev.sluice.common.error.QueryException {@code UNAUTHENTICATED}
     */
    @Nullable Caller known(Credentials credentials);

    /** Who shows them. Fails with a {@link dev.sluice.common.error.QueryException}; gives its result on any thread. */
    Mono<Caller> identify(Credentials credentials);

    /**
     * Who shows them, for a door that goes on where its connection is served: at once where that is known, on the executor where it
     * takes longer. Never on a thread that others wait for who are not known yet.
     */
    default Mono<Caller> identify(Credentials credentials, Executor executor) {
        return Mono.defer(() -> {
            Caller known = known(credentials);
            return known != null
                    ? Mono.just(known)
                    : identify(credentials).publishOn(Schedulers.fromExecutor(executor));
        });
    }
}
