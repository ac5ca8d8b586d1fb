package dev.sluice.frontend.zmq;

import dev.sluice.common.concurrent.RetainedBytes;
import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.Failure;
import dev.sluice.common.error.QueryException;
import dev.sluice.frontend.access.Caller;
import dev.sluice.frontend.access.Callers;
import dev.sluice.frontend.access.Credentials;
import dev.sluice.frontend.message.Message;
import dev.sluice.frontend.query.Gateway;
import dev.sluice.frontend.query.Protocol;
import dev.sluice.frontend.query.QueryMetrics;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import reactor.core.Exceptions;
import reactor.core.scheduler.Schedulers;
import zmq.Msg;

/** Reads the clients' messages, and replies to each that makes no query. Only the socket's thread calls it. */
final class ClientMessages {

    /** A larger message of JSON is read elsewhere, so that it does not hold up the other clients. */
    private static final int OFFLOAD_BYTES = 256 * 1024;

    private static final Failure FULL = new Failure(
            ErrorCode.OVERLOADED,
            "This frontend holds as many bytes of messages over ZeroMQ as it may (sluice.frontend.zmq.max-held); send less at a"
                    + " time.",
            1_000);

    private static final Failure STRANGER = new Failure(
            ErrorCode.UNAUTHENTICATED,
            "A message of one frame over " + OFFLOAD_BYTES / 1024
                    + " KB is read only of a client that has shown a key or token on"
                    + " this connection before; send three frames, of which the header has the key.");

    /** What a frame holds beside its bytes. */
    private static final int FRAME_OVERHEAD_BYTES = 256;

    private final Gateway gateway;
    private final Callers callers;
    private final RetainedBytes own;
    private final ClientQueries queries;
    private final Executor socketThread;
    private final QueryMetrics metrics;

    /** @param own what messages of ZeroMQ hold, from the first large frame to the query's end, within what the frontend holds */
    ClientMessages(Served served, RetainedBytes own, ClientQueries queries, Executor socketThread) {
        this.gateway = served.gateway();
        this.callers = served.callers();
        this.metrics = served.metrics();
        this.own = own;
        this.queries = queries;
        this.socketThread = socketThread;
    }

    void received(Client client, ClientMessage message) {
        long had = 0;
        long weight = 0;
        for (Msg frame : message.body()) {
            had += ArrivingFrames.takeOver(frame);
            weight += frame.size() + (long) FRAME_OVERHEAD_BYTES;
        }
        boolean fits = !message.refused() && own.change(had, weight);
        Charge held = new Charge(own, fits ? weight : had);
        boolean room = fits && gateway.retained().take(weight);
        Received received = new Received(client, message, held, new Charge(gateway.retained(), room ? weight : 0));
        if (!message.whole()) {
            refuse(received, tooMuch(message));
        } else if (!room) {
            refuse(received, fits ? Gateway.FULL : FULL);
        } else {
            attempt(received, () -> read(received));
        }
    }

    /** A refusal is a reply, and gives back what was counted. */
    private void attempt(Received received, Runnable reading) {
        try {
            reading.run();
        } catch (RuntimeException | Error e) { // what one message costs must not end the thread that serves all
            refuse(received, received.label().failure(e));
        }
    }

    private void refuse(Received received, Failure failure) {
        metrics.refused(Protocol.ZEROMQ, failure.code());
        received.release();
        received.recipient().refuse(failure);
    }

    private void read(Received received) {
        switch (received.frames()) {
            case 1 -> readJson(received);
            case 3 -> readFramed(received);
            default ->
                throw ClientRequest.invalid(
                        "A message has three frames (actor, header, payload) or one (JSON), after an empty"
                                + " one where it comes from REQ; this one has " + received.frames() + ".");
        }
    }

    private void readFramed(Received received) {
        String target = ClientRequest.target(received.frame(0));
        received.names(ClientRequest.actor(target), null);
        Message header = ClientRequest.header(received.frame(1));
        received.names(ClientRequest.actor(target), header.id());
        if (header.cancel()) {
            cancel(received, header);
            return;
        }
        ClientRequest request = ClientRequest.framed(target, header, received.frame(2));
        String id = queries.id(request.id());
        received.names(request.actor(), id);
        ask(received, request, id);
    }

    private void ask(Received received, ClientRequest request, String id) {
        Credentials credentials = queries.credentials(request);
        Caller known = callers.known(credentials);
        if (known != null) {
            queries.begin(known, received, request, id);
            return;
        }
        queries.reserve(received.client());
        long since = System.nanoTime();
        callers.identify(credentials)
                .subscribe(
                        caller -> later(received, () -> {
                            received.waited(System.nanoTime() - since);
                            queries.begin(caller, received, request, id);
                        }),
                        cause -> later(received, () -> {
                            throw Exceptions.propagate(cause);
                        }));
    }

    /** The place that was reserved is free for it then. */
    private void later(Received received, Runnable reading) {
        try {
            socketThread.execute(() -> queries.goOn(received.client(), () -> attempt(received, reading)));
        } catch (RejectedExecutionException e) {
            received.release();
        }
    }

    private void readJson(Received received) {
        Msg frame = received.frame(0);
        if (frame.size() <= OFFLOAD_BYTES) {
            asked(received, ClientRequest.json(frame));
            return;
        }
        requireKnown(received.client());
        queries.reserve(received.client());
        Schedulers.parallel().schedule(() -> readElsewhere(received, frame));
    }

    /** Its key is somewhere in it: whoever has shown none may not have so much read to look for one. */
    private void requireKnown(Client client) {
        if (callers != Callers.OPEN && !client.isKnown()) {
            throw STRANGER.toException();
        }
    }

    private void readElsewhere(Received received, Msg frame) {
        Runnable next;
        try {
            Message message = ClientRequest.json(frame);
            next = () -> asked(received, message);
        } catch (RuntimeException e) {
            next = () -> {
                throw e;
            };
        } catch (Error e) { // a hostile message may cost a stack or memory, and its client is to hear of it
            next = () -> {
                throw e;
            };
        }
        later(received, next);
    }

    private void asked(Received received, Message message) {
        received.names(message.actor(), message.id());
        if (message.cancel()) {
            cancel(received, message);
        } else {
            // As in 2019 a reply of one frame has no id where the client gave none.
            ask(received, ClientRequest.of(message, received.frame(0)), queries.id(message.id()));
        }
    }

    private static void cancel(Received received, Message message) {
        String id = message.id();
        if (id == null) {
            throw ClientRequest.invalid(
                    "A cancel needs the id of the query, like {\"cancel\": true, \"id\": \"q-1\"}.");
        }
        ClientQuery query = received.client().query(id);
        if (query == null) {
            throw new QueryException(
                    ErrorCode.NOT_FOUND,
                    "This client has no query with the id " + id + " in flight: it has ended, or never was.");
        }
        received.release();
        query.cancel();
    }

    private static Failure tooMuch(ClientMessage message) {
        boolean many = message.body().size() + message.returnPath().size() >= ClientMessage.MOST_FRAMES;
        return many
                ? new Failure(
                        ErrorCode.INVALID_INPUT,
                        "The message has more than " + ClientMessage.MOST_FRAMES + " frames; it has three, or one.")
                : new Failure(
                        ErrorCode.TOO_LARGE, "The message is larger than what is allowed; send a smaller payload.");
    }
}
