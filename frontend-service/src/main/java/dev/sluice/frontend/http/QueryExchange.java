package dev.sluice.frontend.http;

import dev.sluice.common.actor.MethodDescriptor;
import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.Failure;
import dev.sluice.frontend.access.Caller;
import dev.sluice.frontend.access.Credentials;
import dev.sluice.frontend.http.problem.Problem;
import dev.sluice.frontend.http.problem.ProblemException;
import dev.sluice.frontend.query.Answer;
import dev.sluice.frontend.query.Gateway;
import dev.sluice.frontend.query.QueryCall;
import dev.sluice.frontend.query.QueryLabel;
import dev.sluice.frontend.query.SlowInput;
import io.netty.channel.Channel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.Connection;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * One query over HTTP, whatever the protocol: know the caller, read the head, read the body, ask the gateway, answer. All of it runs on the
 * connection's event loop; what comes from elsewhere is handed over to it first.
 */
final class QueryExchange extends Mono<Void> implements Subscription, BodyReceiver.Sink, Reply.Outcome {

    private static final Logger log = LoggerFactory.getLogger(QueryExchange.class);

    /** A refused request's body up to this length is read and dropped; a longer one is not waited for. */
    private static final int DROPPED_BODY_BYTES = 64 * 1024;

    private final QueryEndpoint endpoint;
    private final Dialect dialect;
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final Channel channel;

    // known one after the other as the exchange goes on
    private @Nullable Responder responder;
    private @Nullable Disposable identification;
    private @Nullable BodyReceiver receiver;
    private @Nullable Reply reply;
    private boolean over;
    private long waitedNanos;
    private @Nullable QueryCall asked;

    QueryExchange(QueryEndpoint endpoint, Dialect dialect, HttpServerRequest request, HttpServerResponse response) {
        this.endpoint = endpoint;
        this.dialect = dialect;
        this.request = request;
        this.response = response;
        this.channel = ((Connection) request).channel();
    }

    @Override
    public void subscribe(CoreSubscriber<? super Void> server) {
        String id = QueryHeaders.id(request.requestHeaders());
        responder = new Responder(
                response, server, endpoint.drain, dialect.errors(), id != null ? id : endpoint.ids.next());
        server.onSubscribe(this);
        try {
            Credentials credentials = QueryHeaders.credentials(request);
            Caller caller = endpoint.callers().known(credentials);
            if (caller != null) {
                begin(caller);
            } else {
                identify(credentials);
            }
        } catch (RuntimeException e) {
            refuse(e);
        }
    }

    /** Nothing of the body is read until it is known who sends it. */
    private void identify(Credentials credentials) {
        long since = System.nanoTime();
        identification = endpoint.callers()
                .identify(credentials, channel.eventLoop())
                .doOnNext(caller -> waitedNanos = System.nanoTime() - since)
                .subscribe(this::begin, this::refuse);
    }

    private void begin(Caller caller) {
        if (over) {
            return;
        }
        try {
            dialect.readHead(request, caller);
            receiveBody();
        } catch (RuntimeException e) {
            refuse(e);
        }
    }

    @Override
    public void request(long n) {
        // the server asks for the end of the response, whenever that is
    }

    /** The caller is gone, or the server stops without more grace. */
    @Override
    public void cancel() {
        over = true;
        if (identification != null) {
            identification.dispose();
        }
        if (receiver != null) {
            receiver.cancel();
        }
        if (reply != null) {
            reply.cancel();
        }
        if (responder != null) {
            responder.cancel();
        }
    }

    private void receiveBody() {
        long max = endpoint.gateway().maxPayloadBytes();
        long limit = dialect.mostBytes(max);
        if (RequestHead.declaredLength(request.requestHeaders()) > limit) {
            throw QueryInput.tooLarge(max);
        }
        BodyReceiver body =
                new BodyReceiver(channel.alloc(), limit, endpoint.gateway().retained(), this);
        receiver = body;
        request.receiveObject().subscribe(body);
        if (!body.isDone()) {
            // most bodies arrive together with their head: only after this turn of the loop a timer is worth its cost
            channel.eventLoop().execute(() -> watch(body));
        }
    }

    private void watch(BodyReceiver body) {
        if (body.isDone()) {
            return;
        }
        long before = body.arrived();
        Duration time = endpoint.settings.bodyTimeout();
        Runnable look = () -> {
            if (body.isDone() || body.arrived() - before >= SlowInput.leastBytes(time)) {
                watch(body);
            } else {
                body.cancel();
                refuse(new ProblemException(
                        Problem.of(408, "The body stopped arriving before its end, or nearly so.", dialect.actor())));
            }
        };
        channel.eventLoop().schedule(look, time.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void bodyTooLarge() {
        refuse(QueryInput.tooLarge(endpoint.gateway().maxPayloadBytes()));
    }

    @Override
    public void noRoomForBody() {
        refuse(Gateway.FULL.toException());
    }

    @Override
    public void bodyFailed(Throwable cause) {
        over = true;
        if (responder != null) {
            responder.abort(cause);
        }
    }

    @Override
    public void bodyReceived(ReceivedBody body) {
        Responder known = responder;
        if (known == null || over || response.hasSentHeaders()) {
            // a body that turned out not to be HTTP also ends, and by then the server has answered that
            over = true;
            body.release();
        } else if (dialect.isSlow(body.bytes().readableBytes())) {
            Schedulers.parallel().schedule(() -> readElsewhere(known, body));
        } else {
            try {
                ask(known, dialect.read(body, known.id()));
            } catch (RuntimeException | Error e) {
                refuse(e);
            }
        }
    }

    private void readElsewhere(Responder known, ReceivedBody body) {
        Runnable next;
        try {
            QueryCall call = dialect.read(body, known.id());
            next = () -> ask(known, call);
        } catch (RuntimeException
                | Error e) { // a hostile body may cost a stack or memory, and its caller is to hear of it
            next = () -> refuse(e);
        }
        channel.eventLoop().execute(next);
    }

    private void ask(Responder known, QueryCall call) {
        if (over) {
            call.body().release();
            endpoint.gateway().retained().give(call.charge());
            return;
        }
        known.id(call.id());
        asked = call;
        MethodDescriptor method = dialect.method();
        StreamForm form = dialect.stream();
        Flux<Answer> answers = endpoint.gateway().call(call.after(waitedNanos));
        if (form != null) {
            StreamReply stream = new StreamReply(form, QueryLabel.of(call), this, known, channel, endpoint);
            reply = stream;
            answers.subscribe(new OnLoop(stream, channel.eventLoop()));
        } else if (method.streaming()) {
            CollectedReply collected = new CollectedReply(
                    this,
                    channel.alloc(),
                    endpoint.settings.maxCollected().toBytes(),
                    method.streamsOneBody() ? method.outputType() : null,
                    dialect.insteadOfOnePiece());
            reply = collected;
            answers.subscribe(new OnLoop(collected, channel.eventLoop()));
        } else {
            SingleReply single = new SingleReply(this, channel.eventLoop());
            reply = single;
            answers.subscribe(single);
        }
    }

    @Override
    public void answered(Answer answer) {
        if (over || responder == null) {
            answer.body().release();
            return;
        }
        over = true;
        try {
            dialect.answer(answer, responder, channel.alloc());
        } catch (RuntimeException e) {
            label().on(log.atWarn())
                    .log(
                            "The result of query {} of {} cannot be sent: {}",
                            responder.id(),
                            dialect.actor(),
                            e.toString());
            responder.problem(
                    Problem.of(new Failure(ErrorCode.FAILED, "The result cannot be sent over HTTP."), dialect.actor()));
        }
    }

    @Override
    public void failed(Throwable cause) {
        if (!over && responder != null) {
            over = true;
            responder.problem(problem(cause));
        }
    }

    /** Ends a request that never became a query. */
    private void refuse(Throwable cause) {
        if (over || responder == null) {
            return;
        }
        over = true;
        Problem problem = problem(cause);
        endpoint.metrics.refused(dialect.protocol(), problem.code());
        if (leavesABodyUnread()) {
            responder.problemAndClose(problem, channel);
        } else {
            responder.problem(problem);
        }
    }

    private boolean leavesABodyUnread() {
        BodyReceiver body = receiver;
        if (body != null) {
            return !body.isComplete();
        }
        long declared = RequestHead.declaredLength(request.requestHeaders());
        return declared < 0 ? request.requestHeaders().contains("Transfer-Encoding") : declared > DROPPED_BODY_BYTES;
    }

    private Problem problem(Throwable cause) {
        if (cause instanceof ProblemException e) {
            return e.problem();
        }
        return Problem.of(label().failure(cause), dialect.actor());
    }

    private QueryLabel label() {
        return asked != null
                ? QueryLabel.of(asked)
                : new QueryLabel(String.valueOf(dialect.actor()), responder == null ? "" : responder.id(), "");
    }
}
