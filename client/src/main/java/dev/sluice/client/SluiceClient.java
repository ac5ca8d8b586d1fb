package dev.sluice.client;

import dev.sluice.client.tensor.ModelInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Calls actors of a platform, over HTTP ({@code http://host:8080}) or gRPC ({@code grpc://host:8001}), the same way. Thread-safe; one
 * per platform is enough.
 *
 * <pre>{@code
 * try (SluiceClient client = SluiceClient.connect("http://127.0.0.1:8080")) {
 *     long answer = client.actor("vadder").slo(Duration.ofMillis(200)).call(41, Long.class);
 * }
 * }</pre>
 */
public final class SluiceClient implements AutoCloseable {

    private final Session session;

    SluiceClient(Session session) {
        this.session = session;
    }

    /** A client with the defaults; nothing is connected until there is a call. */
    public static SluiceClient connect(String uri) {
        return builder(uri).build();
    }

    /** @param uri {@code http://}, {@code https://}, {@code grpc://} or {@code grpcs://}, a host, and a port */
    public static SluiceClientBuilder builder(String uri) {
        return new SluiceClientBuilder(uri);
    }

    public ActorClient actor(String name) {
        return new ActorClient(
                session,
                ActorCalls.call(name, session.defaults()),
                session.defaults().retry());
    }

    /** As {@code actor(actor).call(input, type)}. */
    public <T> @Nullable T call(String actor, @Nullable Object input, Class<T> type) {
        return actor(actor).call(input, type);
    }

    /** The same without blocking. */
    public ReactiveSluiceClient reactive() {
        return new ReactiveSluiceClient(session);
    }

    /** Whether a frontend is there and serves; false where nobody answers within {@code connectTimeout}. */
    public boolean ready() {
        return Waiting.onValue(reactive().ready());
    }

    /** The names of all models: an actor's for its method {@code call}, {@code actor:method} for any other. */
    public List<String> models() {
        return Waiting.onValue(reactive().models());
    }

    /** What a model takes and gives. */
    public ModelInfo model(String name) {
        return Waiting.onValue(reactive().model(name));
    }

    /** Likewise, of a version. */
    public ModelInfo model(String name, String version) {
        return Waiting.onValue(reactive().model(name, version));
    }

    /** Ends all connections. Calls in flight fail at once. */
    @Override
    public void close() {
        session.attempts().close();
        session.transport().close();
    }
}
