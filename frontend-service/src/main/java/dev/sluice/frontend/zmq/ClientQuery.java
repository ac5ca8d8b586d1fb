package dev.sluice.frontend.zmq;

import dev.sluice.frontend.message.MessageQuery;
import dev.sluice.frontend.query.QueryLabel;
import java.util.concurrent.Executor;

/** A query in flight, and who gets its replies. */
abstract class ClientQuery extends MessageQuery {

    final Recipient recipient;

    ClientQuery(Executor socketThread, QueryLabel label, Recipient recipient, Runnable onEnd) {
        super(socketThread, label, onEnd);
        this.recipient = recipient;
    }

    /** The client asks to give it up, and is told that it was. */
    void cancel() {
        if (!isOver()) {
            finish();
            recipient.failed(CANCELLED);
        }
    }
}
