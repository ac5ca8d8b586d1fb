package dev.sluice.sdk.actor;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.QueryException;
import dev.sluice.sdk.ActorClient;
import reactor.core.publisher.Mono;

/** Clients that actors call others with. */
public final class ActorClients {

    /** Where there are no routers, such as in tests of an actor alone: every call fails. */
    public static final ActorClient NONE = new ActorClient() {
        @Override
        public <R> Mono<R> call(String called, String method, Object input, Class<R> result) {
            return Mono.error(() -> new QueryException(
                    ErrorCode.UNAVAILABLE, "'" + called + "' cannot be called: there is no router here."));
        }
    };

    private ActorClients() {}
}
