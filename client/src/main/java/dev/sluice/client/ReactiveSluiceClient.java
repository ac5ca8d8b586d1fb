package dev.sluice.client;

import dev.sluice.client.error.ErrorCode;
import dev.sluice.client.error.SluiceException;
import dev.sluice.client.tensor.ModelInfo;
import java.util.List;
import reactor.core.publisher.Mono;

/** A client without blocking; its connections are those of the {@link SluiceClient} that it is of, and end with it. */
public final class ReactiveSluiceClient {

    private final Session session;

    ReactiveSluiceClient(Session session) {
        this.session = session;
    }

    public ReactiveActorClient actor(String name) {
        return new ReactiveActorClient(
                session,
                ActorCalls.call(name, session.defaults()),
                session.defaults().retry());
    }

    /** Whether a frontend is there and serves; false where nobody answers within {@code connectTimeout}. */
    public Mono<Boolean> ready() {
        return session.attempts()
                .page(session.defaults().readyWithin(), session.transport()::ready)
                .onErrorResume(ReactiveSluiceClient::isAbsence, failure -> Mono.just(false));
    }

    private static boolean isAbsence(Throwable failure) {
        return failure instanceof SluiceException known
                && (known.code() == ErrorCode.UNAVAILABLE || known.code() == ErrorCode.EXPIRED);
    }

    /** The names of all models: an actor's for its method {@code call}, {@code actor:method} for any other. */
    public Mono<List<String>> models() {
        return session.attempts().page(session.transport()::models);
    }

    /** What a model takes and gives. */
    public Mono<ModelInfo> model(String name) {
        return session.attempts().page(() -> session.transport().model(name, null));
    }

    /** Likewise, of a version. */
    public Mono<ModelInfo> model(String name, String version) {
        return session.attempts().page(() -> session.transport().model(name, version));
    }
}
