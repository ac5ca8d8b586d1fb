package dev.sluice.frontend.grpc;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.Failure;
import dev.sluice.frontend.query.Answer;
import dev.sluice.frontend.query.QueryLabel;
import dev.sluice.frontend.rpc.CallInfo;
import dev.sluice.frontend.rpc.GrpcOutcomes;
import inference.ModelInferResponse;
import io.grpc.stub.ServerCallStreamObserver;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;

/** Waits for a query's only answer and sends it. */
final class UnaryInfer implements CoreSubscriber<Answer> {

    private final AnswerForm form;
    private final QueryLabel label;
    private final CallInfo info;
    private final ServerCallStreamObserver<ModelInferResponse> caller;
    private volatile @Nullable Subscription upstream;
    private boolean ended;

    UnaryInfer(AnswerForm form, QueryLabel label, CallInfo info, ServerCallStreamObserver<ModelInferResponse> caller) {
        this.form = form;
        this.label = label;
        this.info = info;
        this.caller = caller;
    }

    /** The caller is gone. One whose deadline passed is not: the platform ends its query by itself, as expired. */
    void cancel() {
        Subscription query = upstream;
        if (query != null && !info.isLate()) {
            query.cancel();
        }
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        upstream = subscription;
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(Answer answer) {
        try {
            if (!ended) {
                ended = true;
                // It is written out before this returns, and refers to the answer's bytes no longer.
                caller.onNext(form.message(answer).build());
                caller.onCompleted();
            }
        } catch (RuntimeException e) {
            caller.onError(GrpcOutcomes.exception(label.failure(e)));
        } finally {
            answer.body().release();
        }
    }

    @Override
    public void onError(Throwable cause) {
        if (!ended) {
            ended = true;
            caller.onError(GrpcOutcomes.exception(label.failure(cause)));
        }
    }

    @Override
    public void onComplete() {
        if (!ended) {
            onError(new Failure(ErrorCode.FAILED, "The query ended without a result.").toException());
        }
    }
}
