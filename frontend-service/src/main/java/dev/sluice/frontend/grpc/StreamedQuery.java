package dev.sluice.frontend.grpc;

import dev.sluice.frontend.query.Answer;
import dev.sluice.frontend.query.QueryLabel;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;

/** One request of a stream: hands what comes over to the stream's loop, and asks for an answer at a time. */
final class StreamedQuery implements CoreSubscriber<Answer> {

    private final InferStream stream;
    private final AnswerForm form;
    private final QueryLabel label;
    private final boolean wantsEmptyFinal;
    private volatile @Nullable Subscription upstream;

    // only the stream's loop touches this
    private boolean expectsAnswer;

    /**
     * @param form of its answers
     * @param label by which the log names it
     * @param wantsEmptyFinal whether the caller is told by a message without outputs that it was answered in full
     */
    StreamedQuery(InferStream stream, AnswerForm form, QueryLabel label, boolean wantsEmptyFinal) {
        this.stream = stream;
        this.form = form;
        this.label = label;
        this.wantsEmptyFinal = wantsEmptyFinal;
    }

    AnswerForm form() {
        return form;
    }

    QueryLabel label() {
        return label;
    }

    boolean wantsEmptyFinal() {
        return wantsEmptyFinal;
    }

    /** Whether it would be wrong for the query to end now: its model gives one answer, and has not. */
    boolean expectsAnswer() {
        return expectsAnswer;
    }

    void expectsAnswer(boolean expects) {
        expectsAnswer = expects;
    }

    void more() {
        Subscription query = upstream;
        if (query != null) {
            query.request(1);
        }
    }

    void cancel() {
        Subscription query = upstream;
        if (query != null) {
            query.cancel();
        }
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        upstream = subscription;
        subscription.request(1);
    }

    @Override
    public void onNext(Answer answer) {
        stream.post(() -> stream.answered(this, answer));
    }

    @Override
    public void onError(Throwable cause) {
        stream.post(() -> stream.failed(this, cause));
    }

    @Override
    public void onComplete() {
        stream.post(() -> stream.completed(this));
    }
}
