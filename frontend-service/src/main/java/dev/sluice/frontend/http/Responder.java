package dev.sluice.frontend.http;

import dev.sluice.frontend.drain.FrontendDrain;
import dev.sluice.frontend.http.problem.HttpOutcomes;
import dev.sluice.frontend.http.problem.Problem;
import dev.sluice.frontend.http.server.LingeringClose;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;

/** Writes the one response of a request, in one piece so that it needs no chunks, and tells the server when it is out. */
public final class Responder {

    private final HttpServerResponse response;
    private final CoreSubscriber<? super Void> server;
    private final FrontendDrain drain;
    private final ErrorForm errors;
    private String id;
    private @Nullable Completion completion;

    Responder(
            HttpServerResponse response,
            CoreSubscriber<? super Void> server,
            FrontendDrain drain,
            ErrorForm errors,
            String id) {
        this.errors = errors;
        this.response = response;
        this.server = server;
        this.drain = drain;
        this.id = id;
    }

    String id() {
        return id;
    }

    /** An envelope's own id, which is only known now. */
    void id(String idOfEnvelope) {
        id = idOfEnvelope;
    }

    /** Stops what is being sent; harmless where nothing is. */
    void cancel() {
        if (completion != null) {
            completion.cancel();
        }
    }

    /** Ends a request that cannot be answered any more. */
    void abort(Throwable cause) {
        server.onError(cause);
    }

    /** One more header of the response; before it is sent. */
    public void header(CharSequence name, String value) {
        response.responseHeaders().set(name, value);
    }

    /** Sends a result; takes the body over. */
    public void answer(ByteBuf body, CharSequence mediaType) {
        try {
            response.responseHeaders().set(HttpHeaderNames.CONTENT_TYPE, mediaType);
        } catch (IllegalArgumentException e) {
            body.release();
            throw e;
        }
        send(body);
    }

    /** Sends an error. */
    public void problem(Problem problem) {
        HttpHeaders headers = response.status(HttpResponseStatus.valueOf(problem.status()))
                .responseHeaders()
                .set(HttpHeaderNames.CONTENT_TYPE, errors.mediaType());
        HttpOutcomes.headers(problem, headers::set);
        send(Unpooled.wrappedBuffer(errors.bytes(problem)));
    }

    /** Refuses a request whose body is not read to its end: on HTTP/1 that ends the connection, on HTTP/2 the stream. */
    void problemAndClose(Problem problem, Channel channel) {
        LingeringClose.prepare(channel);
        response.keepAlive(false);
        problem(problem);
    }

    /** Sends an open-ended response. */
    void stream(Publisher<? extends ByteBuf> events, CharSequence mediaType) {
        prepare();
        response.responseHeaders()
                .set(HttpHeaderNames.CONTENT_TYPE, mediaType)
                .set(HttpHeaderNames.CACHE_CONTROL, "no-cache")
                .set("X-Accel-Buffering", "no");
        finishWith(response.send(events, event -> true).then());
    }

    private void send(ByteBuf body) {
        prepare();
        finishWith(response.sendObject(body).then());
    }

    private void prepare() {
        response.responseHeaders().set(QueryHeaders.ID, id);
        if (drain.isDraining()) {
            response.keepAlive(false);
        }
    }

    private void finishWith(Mono<Void> sent) {
        Completion waiting = new Completion(server);
        completion = waiting;
        sent.subscribe(waiting);
    }

    /** Passes the end of the write on; the server has a subscription already and takes no second. */
    private static final class Completion implements CoreSubscriber<Void> {

        private final CoreSubscriber<? super Void> server;
        private @Nullable Subscription subscription;

        Completion(CoreSubscriber<? super Void> server) {
            this.server = server;
        }

        void cancel() {
            if (subscription != null) {
                subscription.cancel();
            }
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            this.subscription = subscription;
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(Void nothing) {}

        @Override
        public void onError(Throwable cause) {
            server.onError(cause);
        }

        @Override
        public void onComplete() {
            server.onComplete();
        }
    }
}
