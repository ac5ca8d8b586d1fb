package dev.sluice.frontend.zmq;

import dev.sluice.common.actor.MethodDescriptor;
import dev.sluice.common.concurrent.RetainedBytes;
import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.Failure;
import dev.sluice.common.error.QueryException;
import dev.sluice.frontend.access.Caller;
import dev.sluice.frontend.access.Credentials;
import dev.sluice.frontend.drain.FrontendDrain;
import dev.sluice.frontend.query.Answer;
import dev.sluice.frontend.query.Catalogue;
import dev.sluice.frontend.query.Gateway;
import dev.sluice.frontend.query.Protocol;
import dev.sluice.frontend.query.QueryCall;
import dev.sluice.frontend.query.QueryIds;
import dev.sluice.frontend.query.QueryLabel;
import dev.sluice.frontend.query.Target;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/** Makes queries of requests and knows how many are in flight. Only the socket's thread calls it. */
final class ClientQueries {

    /** All clients together; also what bounds the tasks of the socket's thread. */
    static final int MOST_IN_FLIGHT = 16 * 1024;

    private final Gateway gateway;
    private final Executor socketThread;
    private final ZmqSettings settings;
    private final CollectedQuery.Limits collected;
    private final boolean believesTenants;
    private final QueryIds ids = new QueryIds();
    private Runnable onIdle = () -> {};
    private int inFlight;
    private boolean stopping;

    /** @param local whether only this machine's clients get here: where others do, it is theirs to say where they are */
    ClientQueries(Gateway gateway, Executor socketThread, ZmqSettings settings, RetainedBytes unsent, boolean local) {
        this.believesTenants = local;
        this.gateway = gateway;
        this.socketThread = socketThread;
        this.settings = settings;
        this.collected = new CollectedQuery.Limits(settings.maxCollected().toBytes(), unsent);
    }

    /** An id for a query whose client gave none. */
    String id(@Nullable String given) {
        return given == null ? ids.next() : given;
    }

    /** From now on only what is in flight is answered; {@code onIdle} is told when nothing is. */
    void stop(Runnable whenIdle) {
        stopping = true;
        onIdle = whenIdle;
        if (inFlight == 0) {
            whenIdle.run();
        }
    }

    /**
     * Takes a place for what is about to begin; whoever calls this calls {@link #released} or {@link #goOn} later.
     *
     * @throws QueryException where there may be no more
     */
    void reserve(Client client) {
        if (stopping) {
            throw FrontendDrain.STOPPING.toException();
        }
        if (client.inFlight() >= settings.maxInFlight()) {
            throw new Failure(
                            ErrorCode.OVERLOADED,
                            "This client has " + client.inFlight()
                                    + " queries in flight (sluice.frontend.zmq.max-in-flight); wait for replies.",
                            100)
                    .toException();
        }
        if (client.isDeaf()) {
            throw new Failure(
                            ErrorCode.OVERLOADED,
                            "This client has as many replies unread as it may have queries in flight; read them.",
                            100)
                    .toException();
        }
        if (inFlight >= MOST_IN_FLIGHT) {
            throw new Failure(
                            ErrorCode.OVERLOADED,
                            "This frontend has as many queries in flight as it may; ask later.",
                            1_000)
                    .toException();
        }
        inFlight++;
        client.reserve();
    }

    void released(Client client) {
        giveBack(client);
        tellIfIdle();
    }

    /** What waited goes on, and may take the place that it had while it waited. */
    void goOn(Client client, Runnable waited) {
        giveBack(client);
        waited.run();
        tellIfIdle();
    }

    private void giveBack(Client client) {
        inFlight--;
        client.unreserve();
    }

    private void tellIfIdle() {
        if (stopping && inFlight == 0) {
            onIdle.run();
        }
    }

    /** What a message shows of its client. */
    Credentials credentials(ClientRequest request) {
        return new Credentials(
                request.options().key(), believesTenants ? request.options().tenant() : "");
    }

    /** @throws QueryException where it cannot begin; its bytes are still the caller's then */
    void begin(Caller caller, Received received, ClientRequest request, String id) {
        Client client = received.client();
        if (client.isGone()) {
            received.release();
            return;
        }
        client.isKnownAs(caller);
        Target target = admit(caller, client, request, id);
        boolean streams = streams(received.message(), request, target.method());
        reserve(client);
        QueryLabel label = new QueryLabel(
                target.actor().name(), id, request.options().trace().traceId());
        ClientQuery query = query(label, received.recipient(), target.method(), streams, () -> {
            client.ended(id);
            released(client);
            received.release();
        });
        client.begun(id, query);
        try {
            call(caller, received, request, target, id).subscribe(query);
        } catch (RuntimeException | Error e) {
            query.finish();
            throw label.failure(e).toException();
        }
    }

    private Flux<Answer> call(Caller caller, Received received, ClientRequest request, Target target, String id) {
        return gateway.call(new QueryCall(
                target.actor().name(),
                target.method().name(),
                request.options().version(),
                request.input(),
                received.takeOver(),
                request.mediaType(),
                request.options().sloNanos(),
                request.options().priority(),
                caller,
                id,
                Protocol.ZEROMQ,
                request.options().trace(),
                received.waitedNanos()));
    }

    private Target admit(Caller caller, Client client, ClientRequest request, String id) {
        if (client.query(id) != null) {
            throw ClientRequest.invalid("This client has a query with the id " + id + " in flight; give each another.");
        }
        if (request.input().readableBytes() > gateway.maxPayloadBytes()) {
            throw new QueryException(
                    ErrorCode.TOO_LARGE,
                    "The input is larger than the " + gateway.maxPayloadBytes() + " bytes that are allowed.");
        }
        return new Catalogue(gateway, caller).target(request.actor(), request.method());
    }

    private ClientQuery query(
            QueryLabel label, Recipient recipient, MethodDescriptor method, boolean streams, Runnable onEnd) {
        if (streams) {
            return new StreamedQuery(socketThread, label, recipient, onEnd);
        }
        if (method.streaming()) {
            String pieces = method.streamsOneBody() ? method.outputType() : null;
            return new CollectedQuery(socketThread, label, recipient, onEnd, collected, pieces);
        }
        return new SingleQuery(socketThread, label, recipient, onEnd);
    }

    /** A DEALER that sends frames gets the results of a streaming method one by one, unless it says otherwise. */
    private static boolean streams(ClientMessage from, ClientRequest request, MethodDescriptor method) {
        Boolean said = request.message().stream();
        if (said == null) {
            return method.streaming() && from.body().size() > 1 && !from.hasDelimiter() && !from.fromReq();
        }
        if (said && from.fromReq()) {
            throw ClientRequest.invalid(
                    "A REQ socket takes one reply: leave \"stream\" out to get the results in one, or ask from a DEALER.");
        }
        return said;
    }
}
