package dev.sluice.common.link;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.ChannelOption;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
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
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;
import reactor.core.scheduler.Schedulers;
import reactor.netty.Connection;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientRequest;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;

/** Keeps one link to one router: connects, and again with jittered back-off whenever the link is gone, until disposed. */
public final class LinkConnector implements Disposable {

    private static final Logger log = LoggerFactory.getLogger(LinkConnector.class);
    private static final Duration FIRST_DELAY = Duration.ofMillis(50);
    private static final int MOST_DOUBLINGS = 5;

    private final LinkContext context;
    private final URI router;
    private final ConnectionProvider connections;
    private final HttpClient http;
    private final AtomicReference<@Nullable LinkSession> current = new AtomicReference<>();
    private volatile boolean disposed;
    private volatile int failures;
    private volatile String reason = "it does not answer";

    /** @param router scheme, host and port, for instance {@code http://127.0.0.1:7000} */
    public LinkConnector(LinkContext context, URI router, LoopResources loops) {
        this.context = context;
        this.router = router;
        this.connections = ConnectionProvider.builder("link").maxConnections(1).build();
        this.http = HttpClient.create(connections)
                .runOn(loops)
                .protocol(HttpProtocol.H2C)
                .http2Settings(LinkHttp::settings)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        context.settings().lease().toMillis());
    }

    /** Starts connecting; returns at once. */
    public void start() {
        attempt();
    }

    private void attempt() {
        if (disposed) {
            return;
        }
        Attempt attempt = new Attempt();
        NettyDataBufferFactory buffers = LinkHttp.buffers();
        WebClient.builder()
                .clientConnector(new ReactorClientHttpConnector(http.doOnRequest(attempt::connected)))
                .build()
                .post()
                .uri(router.resolve(LinkHttp.PATH))
                .contentType(LinkHttp.MEDIA_TYPE)
                .body(BodyInserters.fromDataBuffers(attempt.outbound().map(buffers::wrap)))
                .exchangeToFlux(LinkConnector::body)
                .map(NettyDataBufferFactory::toByteBuf)
                .subscribe(attempt);
    }

    private static Flux<DataBuffer> body(ClientResponse response) {
        if (response.statusCode().is2xxSuccessful()) {
            return response.bodyToFlux(DataBuffer.class);
        }
        return response.releaseBody()
                .thenMany(Flux.error(new IllegalStateException("it answered " + response.statusCode()
                        + "; is it a Sluice router, and is sluice.routers right?")));
    }

    /** One exchange; its session is made when the connection, and so the event loop, is known. */
    private final class Attempt extends BaseSubscriber<ByteBuf> {

        private volatile @Nullable LinkSession session;

        void connected(HttpClientRequest request, Connection connection) {
            LinkSession made = new LinkSession(
                    context, connection.channel().eventLoop(), PooledByteBufAllocator.DEFAULT, router.toString());
            session = made;
            current.set(made);
            made.onSubscribe(this);
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

        @Override
        protected void hookOnNext(ByteBuf bytes) {
            session().onNext(bytes);
        }

        @Override
        protected void hookOnComplete() {
            session().onComplete();
        }

        @Override
        protected void hookOnError(Throwable failure) {
            LinkSession made = session;
            if (made != null) {
                made.onError(failure);
            }
            reason = String.valueOf(failure.getMessage());
        }

        @Override
        protected void hookFinally(SignalType type) {
            ended(session);
        }
    }

    private void ended(@Nullable LinkSession session) {
        boolean wasOpen = session != null && session.wasOpen();
        failures = wasOpen ? 0 : failures + 1;
        if (disposed) {
            return;
        }
        if (failures == 1) {
            log.info("No link to the router at {} yet, trying again: {}.", router, reason);
        }
        Schedulers.parallel().schedule(this::attempt, delayMillis(), TimeUnit.MILLISECONDS);
    }

    private long delayMillis() {
        long longest = FIRST_DELAY.toMillis() << Math.min(failures, MOST_DOUBLINGS);
        return ThreadLocalRandom.current().nextLong(longest / 2, longest + 1);
    }

    @Override
    public void dispose() {
        disposed = true;
        LinkSession session = current.get();
        if (session != null) {
            session.close("this process is stopping");
        }
        connections.disposeLater().onErrorResume(e -> Mono.empty()).subscribe();
    }

    @Override
    public boolean isDisposed() {
        return disposed;
    }
}
