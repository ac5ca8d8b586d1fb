package dev.sluice.client;

import dev.sluice.client.error.SluiceException;
import dev.sluice.client.tensor.Inference;
import dev.sluice.client.tensor.Tensor;
import dev.sluice.client.transport.Call;
import dev.sluice.client.transport.Content;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/**
 * Calls one actor and waits for it. Interrupting the thread that waits cancels the query in every tier. Failures are
 * {@link SluiceException}s.
 */
public final class ActorClient extends ActorCalls<ActorClient> {

    ActorClient(Session session, Call call, RetryPolicy retry) {
        super(session, call, retry);
    }

    @Override
    ActorClient with(Call changed, RetryPolicy policy) {
        return new ActorClient(session, changed, policy);
    }

    /** The same without blocking. */
    public ReactiveActorClient reactive() {
        return new ReactiveActorClient(session, call, retry);
    }

    /**
     * @param input any value that Jackson writes
     * @return the result, which is null where the actor's is
     */
    public <T> @Nullable T call(@Nullable Object input, Class<T> type) {
        return Waiting.on(reactive().call(input, type));
    }

    /** Likewise, of a generic type. */
    public <T> @Nullable T call(@Nullable Object input, TypeReference<T> type) {
        return Waiting.on(reactive().call(input, type));
    }

    /** A body of any media type as it is, for a result as it is. */
    public Content send(Content input) {
        return Waiting.onValue(reactive().send(input));
    }

    /** The results of a streaming method as they come; to be closed, or read to the end. */
    public <T> ResultStream<T> stream(@Nullable Object input, Class<T> type) {
        return new ResultStream<>(reactive().stream(input, type));
    }

    /** Likewise, of a generic type. */
    public <T> ResultStream<T> stream(@Nullable Object input, TypeReference<T> type) {
        return new ResultStream<>(reactive().stream(input, type));
    }

    /** Tensors by their names, as the Open Inference Protocol has them. */
    public Inference infer(Tensor... inputs) {
        return Waiting.onValue(reactive().infer(inputs));
    }
}
