package dev.sluice.frontend.grpc;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.Failure;
import dev.sluice.frontend.drain.FrontendDrain;
import dev.sluice.frontend.query.Answer;
import dev.sluice.frontend.query.QueryLabel;
import dev.sluice.frontend.rpc.ArrivingBytes;
import dev.sluice.frontend.rpc.CallInfo;
import dev.sluice.frontend.rpc.CallLoop;
import dev.sluice.frontend.rpc.GrpcOutcomes;
import inference.InferParameter;
import inference.ModelInferRequest;
import inference.ModelInferResponse;
import inference.ModelStreamInferResponse;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Executor;

/**
 * Many requests on one call, answered as their answers come. So many are taken up at once, and the next once one of them has ended; a
 * caller that reads slowly holds the answers of streaming models and further requests back. All happens in the drain loop.
 */
final class InferStream extends CallLoop implements StreamObserver<ModelInferRequest> {

    /** Requests that are taken up at once. */
    static final int WINDOW = 64;

    private final ServerCallStreamObserver<ModelStreamInferResponse> caller;
    private final QueryRequests requests;
    private final CallInfo info;

    // only the drain loop touches these
    private final Set<StreamedQuery> asked = new HashSet<>();
    private final Queue<StreamedQuery> heldBack = new ArrayDeque<>();
    private int owed;
    private boolean noMore;
    private boolean stopping;
    private boolean over;

    InferStream(
            ServerCallStreamObserver<ModelStreamInferResponse> caller,
            QueryRequests requests,
            CallInfo info,
            FrontendDrain drain,
            Executor executor) {
        super(executor);
        this.caller = caller;
        this.requests = requests;
        this.info = info;
        caller.disableAutoRequest();
        caller.setOnReadyHandler(() -> post(this::goOn));
        caller.setOnCancelHandler(() -> post(this::cancelled));
        ArrivingBytes arriving = info.arriving();
        if (arriving != null) {
            arriving.handOverAndEndBy(failure -> post(() -> refuse(failure)));
        }
        caller.request(WINDOW);
        whenStopping(drain, this::stop);
    }

    @Override
    public void onNext(ModelInferRequest request) {
        post(() -> ask(request));
    }

    @Override
    public void onError(Throwable cause) {
        post(this::cancelled);
    }

    @Override
    public void onCompleted() {
        post(() -> {
            noMore = true;
            endIfDone();
        });
    }

    private void ask(ModelInferRequest request) {
        if (over) {
            return;
        }
        QueryLabel label = requests.label(request, info);
        StreamedQuery query =
                new StreamedQuery(this, AnswerForm.of(request), label, QueryRequests.wantsEmptyFinal(request));
        asked.add(query);
        if (stopping) {
            failed(query, FrontendDrain.STOPPING.toException());
            return;
        }
        try {
            QueryRequests.Asked found = requests.ask(request, label, info, true);
            query.expectsAnswer(!found.streaming());
            found.answers().subscribe(query);
        } catch (RuntimeException e) {
            failed(query, e);
        }
    }

    /** Takes the answer's body over. */
    void answered(StreamedQuery query, Answer answer) {
        try {
            if (over || !asked.contains(query)) {
                return;
            }
            query.expectsAnswer(false);
            ModelInferResponse.Builder response = query.form().message(answer);
            if (query.wantsEmptyFinal()) {
                response.putParameters("triton_final_response", truth(false));
            }
            caller.onNext(ModelStreamInferResponse.newBuilder()
                    .setInferResponse(response)
                    .build());
            if (caller.isReady()) {
                query.more();
            } else {
                heldBack.add(query);
            }
        } catch (RuntimeException e) {
            query.cancel();
            failed(query, e);
        } finally {
            answer.body().release();
        }
    }

    void failed(StreamedQuery query, Throwable cause) {
        if (!over && asked.remove(query)) {
            caller.onNext(message(query, query.label().failure(cause)));
            ended();
        }
    }

    /** The call has no status for one of its requests, so that the code stands in the message. */
    private static ModelStreamInferResponse message(StreamedQuery query, Failure failure) {
        ModelInferResponse.Builder about = ModelInferResponse.newBuilder()
                .setId(query.form().id())
                .putParameters(
                        "code",
                        InferParameter.newBuilder()
                                .setStringParam(failure.code().name())
                                .build());
        if (failure.code().retryable()) {
            long millis = Math.max(1, failure.retryAfterMillis());
            about.putParameters(
                    "retry_after_ms",
                    InferParameter.newBuilder().setInt64Param(millis).build());
        }
        return ModelStreamInferResponse.newBuilder()
                .setErrorMessage(failure.message())
                .setInferResponse(about)
                .build();
    }

    void completed(StreamedQuery query) {
        if (query.expectsAnswer()) {
            failed(query, new Failure(ErrorCode.FAILED, "The query ended without a result.").toException());
            return;
        }
        if (over || !asked.remove(query)) {
            return;
        }
        if (query.wantsEmptyFinal()) {
            caller.onNext(ModelStreamInferResponse.newBuilder()
                    .setInferResponse(ModelInferResponse.newBuilder()
                            .setId(query.form().id())
                            .putParameters("triton_final_response", truth(true)))
                    .build());
        }
        ended();
    }

    private static InferParameter truth(boolean value) {
        return InferParameter.newBuilder().setBoolParam(value).build();
    }

    private void ended() {
        owed++;
        goOn();
        endIfDone();
    }

    private void endIfDone() {
        if (over || !asked.isEmpty() || !noMore && !stopping) {
            return;
        }
        end();
        if (noMore) {
            caller.onCompleted();
        } else {
            caller.onError(GrpcOutcomes.exception(FrontendDrain.STOPPING));
        }
    }

    /** Whoever does not read gets no more answers, and is asked for no more requests. */
    private void goOn() {
        while (!over && caller.isReady() && !heldBack.isEmpty()) {
            heldBack.remove().more();
        }
        if (!over && !stopping && owed > 0 && caller.isReady()) {
            caller.request(owed);
            owed = 0;
        }
    }

    /** What was asked is answered; then the call ends, whoever might go on. */
    private void stop() {
        stopping = true;
        endIfDone();
    }

    private void cancelled() {
        if (!over) {
            end();
            asked.forEach(StreamedQuery::cancel);
            asked.clear();
        }
    }

    @Override
    protected void fault(Throwable cause) {
        refuse(GrpcOutcomes.failure(cause));
    }

    private void refuse(Failure failure) {
        if (!over) {
            cancelled();
            caller.onError(GrpcOutcomes.exception(failure));
        }
    }

    private void end() {
        over = true;
        heldBack.clear();
        hasEnded();
    }
}
