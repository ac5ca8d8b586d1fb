package dev.sluice.common.link;

import dev.sluice.common.link.LinkEnd.Side;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;
import reactor.core.scheduler.Schedulers;
import reactor.netty.Connection;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientRequest;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;

/** Keeps one link to one router: connects, and again with jittered back-off whenever the link is gone, until disposed. */
public final class LinkConnector implements RouterConnection {

    private static final Logger log = LoggerFactory.getLogger(LinkConnector.class);

    private final LinkContext context;
    private final URI router;
    private final LoopResources loops;
    private final Backoff backoff;
    private final AtomicReference<@Nullable Attempt> current = new AtomicReference<>();
    private volatile boolean disposed;
    private volatile boolean retired;
    private volatile String logged = "";

    /** @param router scheme, host and port, for instance {@code http://127.0.0.1:7000} */
    public LinkConnector(LinkContext context, URI router, LoopResources loops) {
        this.context = context;
        this.router = router;
        this.loops = loops;
        this.backoff = new Backoff(context.settings().lease());
    }

    @Override
    public void start() {
        attempt();
    }

    private void attempt() {
        Attempt attempt = new Attempt();
        current.set(attempt);
        if (disposed) {
            return;
        }
        NettyDataBufferFactory buffers = LinkHttp.buffers();
        // What cannot even be begun, for want of a certificate that can be read, is an attempt that failed like any
        // other.
        Flux.defer(() -> WebClient.builder()
                        .clientConnector(new ReactorClientHttpConnector(attempt.http()))
                        .build()
                        .post()
                        .uri(router.resolve(LinkHttp.PATH))
                        .contentType(LinkHttp.MEDIA_TYPE)
                        .body(BodyInserters.fromDataBuffers(attempt.outbound().map(buffers::wrap)))
                        .exchangeToFlux(LinkConnector::body))
                .map(NettyDataBufferFactory::toByteBuf)
                .subscribe(attempt);
        Schedulers.parallel()
                .schedule(
                        attempt::giveUpUnlessConnected,
                        context.settings().lease().toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    private static Flux<DataBuffer> body(ClientResponse response) {
        if (response.statusCode().is2xxSuccessful()) {
            return response.bodyToFlux(DataBuffer.class);
        }
        return response.releaseBody()
                .thenMany(Flux.error(new IllegalStateException("it answered " + response.statusCode()
                        + "; is it a Sluice router, and is sluice.routers right?")));
    }

    /**
     * One exchange over a connection of its own, so that what is wrong with a connection ends with it. Its session is made when
     * the connection, and so the event loop, is known.
     */
    private final class Attempt extends BaseSubscriber<ByteBuf> {

        private final ConnectionProvider connections =
                ConnectionProvider.builder("link").maxConnections(1).build();
        private volatile @Nullable Channel tcp;
        private volatile @Nullable LinkSession session;
        private volatile long openedNanos;
        private volatile String failure = "it does not answer";

        HttpClient http() {
            return context.transport()
                    .http2(HttpClient.create(connections).runOn(loops))
                    .http2Settings(LinkHttp::settings)
                    .doOnChannelInit((observer, channel, address) -> begun(channel))
                    .doOnRequest(this::connected)
                    .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                            context.settings().lease().toMillis());
        }

        /** Where the attempt is over already, nobody else would end the connection. */
        private void begun(Channel connection) {
            tcp = connection;
            LinkHttp.connection(connection);
            if (isDisposed()) {
                LinkEnd.cut(connection);
            }
        }

        private void connected(HttpClientRequest request, Connection connection) {
            LinkEnd end = new LinkEnd(connection.channel(), Side.CONNECTED, router.toString());
            LinkSession made = new LinkSession(context, end, PooledByteBufAllocator.DEFAULT, System::nanoTime);
            openedNanos = System.nanoTime();
            session = made;
            made.onSubscribe(this);
            if (disposed || isDisposed()) {
                stop();
            }
        }

        Flux<ByteBuf> outbound() {
            return Flux.defer(() -> session().outbound());
        }

        private LinkSession session() {
            LinkSession made = session;
            if (made == null) {
                throw new IllegalStateException("the connection is not there yet");
            }
            return made;
        }

        boolean isOpen() {
            LinkSession made = session;
            return made != null && made.isOpen();
        }

        void giveUpUnlessConnected() {
            if (session == null) {
                cancel();
            }
        }

        void stop() {
            LinkSession made = session;
            if (made == null) {
                cancel();
            } else {
                made.close("this process is stopping");
            }
        }

        @Override
        protected void hookOnNext(ByteBuf bytes) {
            session().onNext(bytes);
        }

        @Override
        protected void hookOnComplete() {
            session().onComplete();
        }

        @Override
        protected void hookOnError(Throwable error) {
            failure = String.valueOf(error.getMessage());
            LinkSession made = session;
            if (made != null) {
                made.onError(error);
            }
        }

        /** Whatever state it is in: one that is only half open would be kept for ever. */
        private void disconnect() {
            Channel connection = tcp;
            if (connection != null) {
                LinkEnd.cut(connection);
            }
            connections.disposeLater().onErrorResume(e -> Mono.empty()).subscribe();
        }

        @Override
        protected void hookFinally(SignalType type) {
            disconnect();
            LinkSession made = session;
            if (made != null && made.wasOpen()) {
                logged = "";
                again(backoff.afterLink(System.nanoTime() - openedNanos));
            } else {
                String reason = made == null ? null : made.endReason();
                missed(reason == null ? failure : reason);
                again(backoff.afterFailure());
            }
        }
    }

    /** The same reason is said once, however often it comes in a row. */
    private void missed(String reason) {
        if (!disposed && !reason.equals(logged)) {
            logged = reason;
            log.warn("No link with the router at {}, trying again: {}.", router, reason);
        }
    }

    private void again(Duration delay) {
        if (retired) {
            disposed = true;
        } else if (!disposed) {
            Schedulers.parallel().schedule(this::attempt, delay.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void retire() {
        retired = true;
        Attempt attempt = current.get();
        if (attempt == null || !attempt.isOpen()) {
            dispose();
        }
    }

    @Override
    public void keep() {
        retired = false;
    }

    @Override
    public void dispose() {
        disposed = true;
        Attempt attempt = current.get();
        if (attempt != null) {
            attempt.stop();
        }
    }

    @Override
    public boolean isDisposed() {
        return disposed;
    }
}
