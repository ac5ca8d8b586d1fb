package dev.sluice.frontend.zmq;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.Failure;
import dev.sluice.frontend.query.Answer;
import dev.sluice.frontend.query.QueryLabel;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** A query each of whose results is a reply. A client that does not read them holds the results back. */
final class StreamedQuery extends ClientQuery {

    /** Results that may be on their way to the client. */
    static final int WINDOW = 8;

    private static final Failure STOPPING =
            new Failure(ErrorCode.UNAVAILABLE, "This frontend is stopping; ask again to reach another one.");

    StreamedQuery(Executor socketThread, QueryLabel label, Recipient recipient, Runnable onEnd) {
        super(socketThread, label, recipient, onEnd);
    }

    @Override
    protected long demand() {
        return WINDOW;
    }

    @Override
    protected void answered(Answer answer) {
        if (!recipient.item(answer, () -> request(1))) {
            finish();
            recipient.failed(recipient.unread());
        }
    }

    @Override
    protected void ended(@Nullable Failure why) {
        if (why == null) {
            recipient.end();
        } else {
            recipient.failed(why);
        }
    }

    /** Ends for a stop of the frontend where it said something, and nothing for so long. */
    void stopIfQuiet(long quietNanos) {
        if (isQuietFor(quietNanos)) {
            stop();
        }
    }

    /** Ends for a stop of the frontend. */
    void stop() {
        if (!isOver()) {
            finish();
            recipient.failed(STOPPING);
        }
    }
}
