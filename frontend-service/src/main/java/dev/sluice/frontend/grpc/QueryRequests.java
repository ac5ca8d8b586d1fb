package dev.sluice.frontend.grpc;

import dev.sluice.common.error.Failure;
import dev.sluice.common.error.QueryException;
import dev.sluice.frontend.query.Answer;
import dev.sluice.frontend.query.Gateway;
import dev.sluice.frontend.query.Protocol;
import dev.sluice.frontend.query.QueryCall;
import dev.sluice.frontend.query.QueryIds;
import dev.sluice.frontend.query.QueryLabel;
import dev.sluice.frontend.query.QueryMetrics;
import dev.sluice.frontend.query.QueryOptions;
import dev.sluice.frontend.query.model.Model;
import dev.sluice.frontend.query.model.Models;
import dev.sluice.frontend.rpc.CallInfo;
import inference.InferParameter;
import inference.ModelInferRequest;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/** Makes queries of requests. What it refuses is counted here. */
final class QueryRequests {

    /** What a request holds beside its bytes: the objects of its message and its body. */
    private static final int OVERHEAD_BYTES = 1024;

    private final Gateway gateway;
    private final QueryMetrics metrics;
    private final QueryIds ids = new QueryIds();

    /**
     * A query on its way.
     *
     * @param answers subscribed to once, at once
     * @param streaming whether there may be any number of them
     */
    record Asked(Flux<Answer> answers, boolean streaming) {}

    QueryRequests(Gateway gateway, QueryMetrics metrics) {
        this.gateway = gateway;
        this.metrics = metrics;
    }

    /** The query that a request is to become. */
    QueryLabel label(ModelInferRequest request, CallInfo info) {
        return info.label(request.getModelName(), id(request, info));
    }

    /**
     * @param label what {@link #label} gave for it
     * @param streaming whether the caller takes several answers to one request
     * @throws QueryException for what makes no query; it is counted
     */
    Asked ask(ModelInferRequest request, QueryLabel label, CallInfo info, boolean streaming) {
        Charge charge = new Charge(gateway.retained(), info.arriving());
        try {
            RequestMarshaller.requireMessage(request);
            Model model = model(request, info);
            if (model.method().streaming() && !streaming) {
                throw QueryOptions.invalid("The model " + model.name()
                        + " gives several results for one request; ask for them by ModelStreamInfer.");
            }
            return new Asked(
                    gateway.call(call(model, request, info, charge, label.id())),
                    model.method().streaming());
        } catch (RuntimeException | Error e) {
            charge.give();
            Failure failure = label.failure(e);
            metrics.refused(Protocol.GRPC, failure.code());
            throw failure.toException();
        }
    }

    private QueryCall call(Model model, ModelInferRequest request, CallInfo info, Charge charge, String id) {
        InferOptions options = InferOptions.of(request.getParametersMap());
        charge.raise(request.getSerializedSize() + (long) OVERHEAD_BYTES);
        RequestBody body = RequestBody.of(request, ByteBufAllocator.DEFAULT);
        return new QueryCall(
                model.actor().name(),
                model.method().name(),
                model.asked(),
                body.bytes(),
                charge.handOver(),
                body.mediaType(),
                info.budgetNanos(options.sloNanos()),
                info.priority(options.priority()),
                info.caller(),
                id,
                Protocol.GRPC,
                info.trace());
    }

    private Model model(ModelInferRequest request, CallInfo info) {
        String version = request.getModelVersion();
        return new Models(gateway, info.caller())
                .find(
                        request.getModelName(),
                        version.isEmpty() ? info.options().version() : QueryOptions.version(version, "model_version"));
    }

    private String id(ModelInferRequest request, CallInfo info) {
        @Nullable String given = info.id();
        return QueryOptions.isId(request.getId()) ? request.getId() : given != null ? given : ids.next();
    }

    /** Whether the caller wants to be told in a message of its own that an answer was the last of its request. */
    static boolean wantsEmptyFinal(ModelInferRequest request) {
        InferParameter wanted = request.getParametersMap().get("triton_enable_empty_final_response");
        return wanted != null && wanted.getBoolParam();
    }
}
