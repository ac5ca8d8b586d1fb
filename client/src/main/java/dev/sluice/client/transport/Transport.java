package dev.sluice.client.transport;

import dev.sluice.client.tensor.Inference;
import dev.sluice.client.tensor.ModelInfo;
import dev.sluice.client.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A protocol. All that it returns is cold, fails with {@link dev.sluice.client.error.SluiceException} only, and gives its query up
 * in every tier when its subscription is cancelled. The SLO that a query
 * carries is what its budget has left as it is written. None of it waits for a deadline: whoever subscribes does.
 */
public interface Transport extends AutoCloseable {

    /** One result; JSON is a value, not an envelope, both ways. */
    Mono<Content> call(Call call, Budget budget, Content input);

    /** The results as they come, and no faster than they are asked for. */
    Flux<Content> stream(Call call, Budget budget, Content input);

    Mono<Inference> infer(Call call, Budget budget, List<Tensor> inputs);

    Mono<Boolean> ready();

    /** The names of all models. */
    Mono<List<String>> models();

    Mono<ModelInfo> model(String name, @Nullable String version);

    /** Ends all connections. */
    @Override
    void close();
}
