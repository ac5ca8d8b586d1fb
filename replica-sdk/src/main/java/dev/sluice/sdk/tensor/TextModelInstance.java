package dev.sluice.sdk.tensor;

import dev.sluice.common.error.QueryException;
import dev.sluice.common.tensor.InferMedia;
import dev.sluice.common.tensor.TextModel;
import dev.sluice.sdk.actor.ActorInstance;
import dev.sluice.sdk.actor.BatchSink;
import dev.sluice.sdk.actor.Input;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;

/** An instance that takes and gives JSON, and by this also tensors, as {@link TextModel} says. */
public final class TextModelInstance implements ActorInstance {

    private final ActorInstance instance;
    private final TextModel model;

    public TextModelInstance(ActorInstance instance, TextModel model) {
        this.instance = instance;
        this.model = model;
    }

    @Override
    public Disposable run(String method, List<Input> inputs, BatchSink sink) {
        if (inputs.stream().noneMatch(input -> InferMedia.isRequest(input.mediaType()))) {
            return instance.run(method, inputs, sink);
        }
        List<Input> plain = new ArrayList<>(inputs.size());
        TextModel.@Nullable Query[] asked = new TextModel.@Nullable Query[inputs.size()];
        int[] places = new int[inputs.size()];
        for (int i = 0; i < inputs.size(); i++) {
            Input input = inputs.get(i);
            try {
                if (InferMedia.isRequest(input.mediaType())) {
                    TextModel.Query query = TextModel.read(input.body(), input.mediaType());
                    asked[plain.size()] = query;
                    input = new Input(query.body(), query.mediaType(), input.caller());
                }
                places[plain.size()] = i;
                plain.add(input);
            } catch (QueryException refused) {
                sink.fail(i, refused.failure());
            }
        }
        return plain.isEmpty()
                ? Disposables.disposed()
                : instance.run(
                        method, plain, new TextModelSink(sink, model, asked, Arrays.copyOf(places, plain.size())));
    }

    @Override
    public boolean lends(String method) {
        return instance.lends(method);
    }

    @Override
    public void check() throws Exception {
        instance.check();
    }

    @Override
    public void close() {
        instance.close();
    }
}
