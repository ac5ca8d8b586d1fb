package dev.sluice.frontend.zmq;

import dev.sluice.frontend.query.QueryLabel;
import org.jspecify.annotations.Nullable;
import zmq.Msg;

/** A message on its way to become a query; what is known of it grows. Only one thread at a time has it. */
final class Received {

    private final Client client;
    private final ClientMessage message;
    private final Charge own;
    private final Charge charge;
    private ReplyForm form;
    private QueryLabel label = new QueryLabel("", "", "");
    private long waitedNanos;

    /**
     * @param own what is counted for its bytes among those of ZeroMQ, to its end
     * @param charge what is counted among those of all protocols, until its query takes that over
     */
    Received(Client client, ClientMessage message, Charge own, Charge charge) {
        this.client = client;
        this.message = message;
        this.own = own;
        this.charge = charge;
        this.form = form(null, null);
    }

    Client client() {
        return client;
    }

    ClientMessage message() {
        return message;
    }

    /** What is counted for its bytes among those of all protocols; whoever asks gives it back. */
    long takeOver() {
        return charge.takeOver();
    }

    /** Its bytes are not held any more. */
    void release() {
        own.give();
        charge.give();
    }

    int frames() {
        return message.body().size();
    }

    Msg frame(int index) {
        return message.body().get(index);
    }

    /** Replies name these from now on, as far as they are known. */
    void names(@Nullable String actor, @Nullable String id) {
        form = form(actor, id);
        label = new QueryLabel(actor == null ? "" : actor, id == null ? "" : id, "");
    }

    /** By which the log names it, as far as that is known. */
    QueryLabel label() {
        return label;
    }

    /** How long it took to find out who sent it. */
    void waited(long nanos) {
        waitedNanos = nanos;
    }

    long waitedNanos() {
        return waitedNanos;
    }

    Recipient recipient() {
        return new Recipient(client, message.returnPath(), form);
    }

    private ReplyForm form(@Nullable String actor, @Nullable String id) {
        return message.body().size() == 1 ? new JsonForm(actor, id) : new FramedForm(actor, id);
    }
}
