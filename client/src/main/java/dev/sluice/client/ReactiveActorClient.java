package dev.sluice.client;

import dev.sluice.client.error.ErrorCode;
import dev.sluice.client.error.SluiceException;
import dev.sluice.client.tensor.Inference;
import dev.sluice.client.tensor.Tensor;
import dev.sluice.client.transport.Call;
import dev.sluice.client.transport.Content;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JavaType;

/**
 * Calls one actor without blocking. All is cold: a subscription is a query, and cancelling it cancels the query in every tier. Failures
 * are {@link SluiceException}s.
 */
public final class ReactiveActorClient extends ActorCalls<ReactiveActorClient> {

    ReactiveActorClient(Session session, Call call, RetryPolicy retry) {
        super(session, call, retry);
    }

    @Override
    ReactiveActorClient with(Call changed, RetryPolicy policy) {
        return new ReactiveActorClient(session, changed, policy);
    }

    /**
     * @param input any value that Jackson writes
     * @return the result; empty where it is null
     */
    public <T> Mono<T> call(@Nullable Object input, Class<T> type) {
        return call(input, session.json().type(type));
    }

    /** Likewise, of a generic type. */
    public <T> Mono<T> call(@Nullable Object input, TypeReference<T> type) {
        return call(input, session.json().type(type));
    }

    private <T> Mono<T> call(@Nullable Object input, JavaType type) {
        Content json = session.json().write(input);
        return sent(json).flatMap(result -> Mono.justOrEmpty(session.json().<T>read(result, type, call.actor())));
    }

    /** A body of any media type as it is, for a result as it is. */
    public Mono<Content> send(Content input) {
        if (input.isJson()) {
            JsonCodec.requireOneValue(input);
        }
        return sent(input);
    }

    private Mono<Content> sent(Content input) {
        return session.attempts()
                .one(call.slo(), retry, budget -> session.transport().call(call, budget, input))
                .onErrorMap(SluiceException.class, this::identified);
    }

    /** The results of a streaming method as they come, and no faster than they are asked for. */
    public <T> Flux<T> stream(@Nullable Object input, Class<T> type) {
        return stream(input, session.json().type(type));
    }

    /** Likewise, of a generic type. */
    public <T> Flux<T> stream(@Nullable Object input, TypeReference<T> type) {
        return stream(input, session.json().type(type));
    }

    private <T> Flux<T> stream(@Nullable Object input, JavaType type) {
        Content json = session.json().write(input);
        return session.attempts()
                .many(call.slo(), retry, budget -> session.transport().stream(call, budget, json))
                .onErrorMap(SluiceException.class, this::identified)
                .map(result -> session.json()
                        .<T>read(result, type, call.actor())
                        .orElseThrow(() -> new SluiceException(
                                ErrorCode.FAILED,
                                "The stream of " + call.actor() + " has a null; ask for a JsonNode.")));
    }

    /** Tensors by their names, as the Open Inference Protocol has them. */
    public Mono<Inference> infer(Tensor... inputs) {
        List<Tensor> all = List.of(inputs);
        return session.attempts()
                .one(call.slo(), retry, budget -> session.transport().infer(call, budget, all))
                .onErrorMap(SluiceException.class, this::identified);
    }

    /** What no answer came of still has the id that the call was given. */
    private SluiceException identified(SluiceException failure) {
        return failure.id().isPresent() ? failure : failure.of(call.id());
    }
}
