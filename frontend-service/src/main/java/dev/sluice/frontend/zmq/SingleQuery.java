package dev.sluice.frontend.zmq;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.Failure;
import dev.sluice.frontend.query.Answer;
import dev.sluice.frontend.query.QueryLabel;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** A query with one result. */
final class SingleQuery extends ClientQuery {

    private static final Failure NO_RESULT = new Failure(ErrorCode.FAILED, "The query ended without a result.");

    SingleQuery(Executor socketThread, QueryLabel label, Recipient recipient, Runnable onEnd) {
        super(socketThread, label, recipient, onEnd);
    }

    @Override
    protected long demand() {
        return Long.MAX_VALUE;
    }

    @Override
    protected void answered(Answer answer) {
        recipient.answer(answer);
        finish();
    }

    @Override
    protected void ended(@Nullable Failure why) {
        recipient.failed(why == null ? NO_RESULT : why);
    }
}
