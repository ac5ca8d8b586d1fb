package dev.sluice.frontend.zmq;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.Failure;
import dev.sluice.frontend.query.Answer;
import java.util.List;

/** Who gets the replies of one query, and in which form. Only the socket's thread calls it. */
record Recipient(Client client, List<byte[]> path, ReplyForm form) {

    private static final Runnable NOTHING = () -> {};

    private static final Failure TOO_LARGE = new Failure(
            ErrorCode.TOO_LARGE,
            "The result is larger than replies over ZeroMQ may be (sluice.frontend.zmq.max-unsent); ask for less, or over HTTP or"
                    + " gRPC.");

    void answer(Answer answer) {
        List<byte[]> parts = form.answer(answer);
        if (!client.reply(path, parts, NOTHING)) {
            failed(client.couldTake(parts) ? unread() : TOO_LARGE);
        }
    }

    /**
     * One of several results.
     *
     * @param onSent called when there is room for another, on any thread
     * @return false where there was no room for this one
     */
    boolean item(Answer answer, Runnable onSent) {
        return client.reply(path, form.item(answer), onSent);
    }

    void end() {
        client.replyAlways(path, form.end());
    }

    void failed(Failure failure) {
        client.replyAlways(path, form.failed(failure));
    }

    /** For a message that never was a query. */
    void refuse(Failure failure) {
        client.refuse(path, form.failed(failure));
    }

    Failure unread() {
        return new Failure(
                ErrorCode.OVERLOADED,
                "There is no room for this reply: this client has " + client.unsentBytes()
                        + " bytes of replies that it has not read (sluice.frontend.zmq.max-unsent); read them, or ask for"
                        + " less at a time.",
                1_000);
    }
}
