package dev.sluice.client.contract;

import static dev.sluice.common.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import dev.sluice.client.SluiceClient;
import dev.sluice.client.error.ErrorCode;
import dev.sluice.client.error.SluiceException;
import dev.sluice.client.tensor.Tensor;
import inference.GRPCInferenceServiceGrpc;
import inference.GRPCInferenceServiceGrpc.GRPCInferenceServiceImplBase;
import inference.InferParameter;
import inference.ModelInferRequest;
import inference.ModelInferResponse;
import inference.ServerReadyRequest;
import inference.ServerReadyResponse;
import io.grpc.Attributes;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServerTransportFilter;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.tcp.TcpClient;
import reactor.netty.tcp.TcpServer;

/** What becomes of calls when a connection does not come about, or breaks, or leads to somebody else. */
@Timeout(120)
class BrokenConnectionsTest {

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static SluiceException failure(SluiceClient client) {
        SluiceException failure =
                catchThrowableOfType(SluiceException.class, () -> client.call("vadder", 1, Long.class));
        assertThat(failure).isNotNull();
        return failure;
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "grpc"})
    void nobodyThereMeansThatNothingWasStarted(String scheme) throws Exception {
        int port = freePort();
        try (SluiceClient client = SluiceClient.connect(scheme + "://127.0.0.1:" + port)) {
            SluiceException failure = failure(client);
            assertThat(failure.code()).isEqualTo(ErrorCode.UNAVAILABLE);
            assertThat(failure).hasMessageContaining("No answer from 127.0.0.1:" + port + ", see that a frontend");
            assertThat(client.ready()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "grpc"})
    void aFrontendThatComesBackIsFound(String scheme) throws Exception {
        int port = freePort();
        try (SluiceClient client = SluiceClient.connect(scheme + "://127.0.0.1:" + port)) {
            // gRPC by itself would wait longer after each of these.
            for (int call = 0; call < 10; call++) {
                assertThat(client.ready()).isFalse();
            }
            AutoCloseable frontend = scheme.equals("http") ? http(port) : grpc(port);
            await().until(client::ready);
            frontend.close();
        }
    }

    private static AutoCloseable http(int port) {
        return HttpServer.create()
                .host("127.0.0.1")
                .port(port)
                .handle((request, response) -> response.send())
                .bindNow()::disposeNow;
    }

    private static AutoCloseable grpc(int port) throws IOException {
        return NettyServerBuilder.forPort(port).addService(new Silent()).build().start()::shutdownNow;
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "grpc"})
    void aHostThatThereIsNotIsNamed(String scheme) {
        try (SluiceClient client = SluiceClient.connect(scheme + "://no-such-host.invalid:1")) {
            assertThat(failure(client).code()).isEqualTo(ErrorCode.UNAVAILABLE);
            assertThat(failure(client)).hasMessageContaining("no-such-host.invalid");
        }
    }

    @Test
    void aQueryWhoseConnectionBreaksIsLostAndSentOnce() {
        AtomicInteger requests = new AtomicInteger();
        DisposableServer server = HttpServer.create()
                .host("127.0.0.1")
                .handle((request, response) -> {
                    requests.incrementAndGet();
                    request.withConnection(connection -> connection.channel().close());
                    return Mono.never();
                })
                .bindNow();
        try (SluiceClient client = SluiceClient.connect("http://127.0.0.1:" + server.port())) {
            SluiceException failure = failure(client);
            assertThat(failure.code()).isEqualTo(ErrorCode.LOST);
            assertThat(failure).hasMessageContaining("broke after the query was sent");
            assertThat(requests).hasValue(1);
            assertThat(client.ready()).isFalse();
        } finally {
            server.disposeNow();
        }
    }

    @Test
    void aStreamWhoseConnectionBreaksIsLostAfterItsResults() {
        DisposableServer server = HttpServer.create()
                .host("127.0.0.1")
                .handle((request, response) -> response.sse()
                        .sendString(
                                Mono.just("data: 1\n\n").concatWith(Mono.error(new IllegalStateException("planted")))))
                .bindNow();
        try (SluiceClient client = SluiceClient.connect("http://127.0.0.1:" + server.port())) {
            var ticks = client.actor("ticks").stream(1, Long.class);
            assertThat(ticks.next()).isEqualTo(1);
            assertThat(catchThrowableOfType(SluiceException.class, ticks::hasNext)
                            .code())
                    .isEqualTo(ErrorCode.LOST);
        } finally {
            server.disposeNow();
        }
    }

    /** Over gRPC, one that takes queries and never answers. */
    private static final class Silent extends GRPCInferenceServiceImplBase {

        private final CompletableFuture<ModelInferRequest> arrived = new CompletableFuture<>();

        @Override
        public void modelInfer(ModelInferRequest request, StreamObserver<ModelInferResponse> caller) {
            arrived.complete(request);
        }

        @Override
        public void serverReady(ServerReadyRequest request, StreamObserver<ServerReadyResponse> caller) {
            caller.onNext(ServerReadyResponse.newBuilder().setReady(true).build());
            caller.onCompleted();
        }
    }

    @Test
    void aStreamOnWhichNothingComesIsLost() {
        DisposableServer server = HttpServer.create()
                .host("127.0.0.1")
                .handle((request, response) ->
                        response.sse().sendString(Flux.just("data: 1\n\n").concatWith(Flux.never())))
                .bindNow();
        try (SluiceClient client = SluiceClient.builder("http://127.0.0.1:" + server.port())
                .maxSilence(Duration.ofSeconds(2))
                .build()) {
            var ticks = client.actor("ticks").stream(1, Long.class);
            assertThat(ticks.next()).isEqualTo(1);
            assertThat(catchThrowableOfType(SluiceException.class, ticks::hasNext))
                    .hasMessageStartingWith("LOST: Nothing came for PT2S");
        } finally {
            server.disposeNow();
        }
    }

    @Test
    void theIdThatAnAnswerSaysIsTheFailures() {
        DisposableServer server = HttpServer.create()
                .host("127.0.0.1")
                .handle((request, response) ->
                        response.status(500).header("Sluice-Id", "theirs").send())
                .bindNow();
        try (SluiceClient client = SluiceClient.connect("http://127.0.0.1:" + server.port())) {
            assertThat(failure(client).id()).contains("theirs");
        } finally {
            server.disposeNow();
        }
    }

    /** It takes fifteen seconds: gRPC pings no more often than every ten, and waits five for an answer. */
    @Test
    void overGrpcWhoGoesWithoutAWordIsNoticed() throws Exception {
        Silent service = new Silent();
        Server server =
                NettyServerBuilder.forPort(0).addService(service).build().start();
        AtomicBoolean cut = new AtomicBoolean();
        DisposableServer wire = TcpServer.create()
                .host("127.0.0.1")
                .handle((in, out) -> TcpClient.create()
                        .host("127.0.0.1")
                        .port(server.getPort())
                        .handle((back, forth) -> forth.sendByteArray(
                                        in.receive().asByteArray().filter(bytes -> !cut.get()))
                                .then()
                                .and(out.send(back.receive().retain()).then()))
                        .connect()
                        .flatMap(connection -> connection.onDispose()))
                .bindNow();
        try (SluiceClient client = SluiceClient.connect("grpc://127.0.0.1:" + wire.port())) {
            CompletableFuture<Long> call =
                    client.reactive().actor("vadder").call(1, Long.class).toFuture();
            service.arrived.join();
            cut.set(true);
            assertThat(call)
                    .failsWithin(Duration.ofSeconds(60))
                    .withThrowableOfType(ExecutionException.class)
                    .withMessageContaining("LOST")
                    .withMessageContaining("Keepalive failed");
        } finally {
            wire.disposeNow();
            server.shutdownNow().awaitTermination();
        }
    }

    @Test
    void overGrpcAQueryWhoseConnectionBreaksIsLost() throws Exception {
        Silent service = new Silent();
        Server server =
                NettyServerBuilder.forPort(0).addService(service).build().start();
        try (SluiceClient client = SluiceClient.connect("grpc://127.0.0.1:" + server.getPort())) {
            CompletableFuture<Long> call =
                    client.reactive().actor("vadder").call(1, Long.class).toFuture();
            service.arrived.join();
            server.shutdownNow();
            SluiceException failure =
                    (SluiceException) catchThrowableOfType(java.util.concurrent.CompletionException.class, call::join)
                            .getCause();
            assertThat(failure.code()).isEqualTo(ErrorCode.LOST);
            assertThat(failure).hasMessageContaining("broke after the query was sent");
        } finally {
            server.shutdownNow().awaitTermination();
        }
    }

    @Test
    void overGrpcAClosedClientLeavesNoConnection() throws Exception {
        AtomicInteger connections = new AtomicInteger();
        Server server = NettyServerBuilder.forPort(0)
                .addService(new Silent())
                .addTransportFilter(new ServerTransportFilter() {
                    @Override
                    public Attributes transportReady(Attributes attributes) {
                        connections.incrementAndGet();
                        return attributes;
                    }

                    @Override
                    public void transportTerminated(Attributes attributes) {
                        connections.decrementAndGet();
                    }
                })
                .build()
                .start();
        try {
            SluiceClient client = SluiceClient.connect("grpc://127.0.0.1:" + server.getPort());
            assertThat(client.ready()).isTrue();
            assertThat(connections).hasValue(1);
            client.close();
            await().until(() -> connections.get() == 0);
        } finally {
            server.shutdownNow().awaitTermination();
        }
    }

    @Test
    void aClosedClientLeavesNoConnection() {
        ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
        DisposableServer server = HttpServer.create()
                .host("127.0.0.1")
                .channelGroup(connections)
                .handle((request, response) -> request.uri().equals("/v2/health/ready")
                        ? response.send()
                        : request.receive().then().then(Mono.never()))
                .bindNow();
        try {
            SluiceClient client = SluiceClient.connect("http://127.0.0.1:" + server.port());
            assertThat(client.ready()).isTrue();
            // One idle, or taken by one of these, and others in use.
            for (int call = 0; call < 3; call++) {
                client.reactive().actor("never").call(1, Long.class).subscribe(result -> {}, failure -> {});
            }
            await().until(() -> connections.size() >= 3);
            client.close();
            await().until(connections::isEmpty);
        } finally {
            server.disposeNow();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "200, FAILED, The answer is not that of a frontend of Sluice",
        "302, INVALID_INPUT, answered with status 302: <html>somebody else</html>",
        "404, NOT_FOUND, answered with status 404: <html>somebody else</html>",
        "413, TOO_LARGE, answered with status 413",
        "429, QUOTA, answered with status 429",
        "500, FAILED, answered with status 500",
        "502, LOST, answered with status 502",
        "503, LOST, answered with status 503",
        "504, EXPIRED, answered with status 504"
    })
    void whatIsNoFrontendIsToldByItsStatus(int status, ErrorCode code, String sentence) {
        DisposableServer server = HttpServer.create()
                .host("127.0.0.1")
                .handle((request, response) -> response.status(HttpResponseStatus.valueOf(status))
                        .sendString(Mono.just("<html>somebody else</html>")))
                .bindNow();
        try (SluiceClient client = SluiceClient.connect("http://127.0.0.1:" + server.port())) {
            assertThat(failure(client).code()).isEqualTo(code);
            assertThat(failure(client)).hasMessageContaining(sentence);
            SluiceException inferred = catchThrowableOfType(
                    SluiceException.class, () -> client.actor("vadder").infer(Tensor.int64("input", new long[1])));
            assertThat(inferred.code()).isEqualTo(code);
        } finally {
            server.disposeNow();
        }
    }

    /** Whoever says 200 to all, with this. */
    private static DisposableServer saying(String answer) {
        return HttpServer.create()
                .host("127.0.0.1")
                .handle((request, response) -> response.sendString(Mono.just(answer)))
                .bindNow();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>",
                "{\"name\": 1}",
                "{\"models\": [1], \"name\": \"a\", \"inputs\": [{\"name\": \"x\", \"datatype\": \"FP128\"}]}"
            })
    void anAnswerThatCannotBeReadIsNoBrokenConnection(String answer) {
        DisposableServer server = saying(answer);
        try (SluiceClient client = SluiceClient.connect("http://127.0.0.1:" + server.port())) {
            assertThat(catchThrowableOfType(SluiceException.class, () -> client.model("a"))
                            .code())
                    .isEqualTo(ErrorCode.FAILED);
            assertThat(catchThrowableOfType(SluiceException.class, client::models)
                            .code())
                    .isEqualTo(ErrorCode.FAILED);
            assertThat(failure(client).code()).isEqualTo(ErrorCode.FAILED);
        } finally {
            server.disposeNow();
        }
    }

    @Test
    void overGrpcAnAnswerThatCannotBeReadIsAFailure() throws Exception {
        Server server = NettyServerBuilder.forPort(0)
                .addService(new GRPCInferenceServiceImplBase() {
                    @Override
                    public void modelInfer(ModelInferRequest request, StreamObserver<ModelInferResponse> caller) {
                        caller.onNext(ModelInferResponse.newBuilder()
                                .putParameters(
                                        "media_type",
                                        InferParameter.newBuilder()
                                                .setStringParam("application/json")
                                                .build())
                                .addRawOutputContents(ByteString.copyFromUtf8("1"))
                                .build());
                        caller.onCompleted();
                    }
                })
                .build()
                .start();
        try (SluiceClient client = SluiceClient.connect("grpc://127.0.0.1:" + server.getPort())) {
            assertThat(failure(client).code()).isEqualTo(ErrorCode.FAILED);
        } finally {
            server.shutdownNow().awaitTermination();
        }
    }

    /** A message whose status does not come. */
    @Test
    void overGrpcAnAnswerWithoutAnEndIsGivenUp() throws Exception {
        MethodDescriptor<ModelInferRequest, ModelInferResponse> flushed =
                GRPCInferenceServiceGrpc.getModelInferMethod().toBuilder()
                        .setType(MethodDescriptor.MethodType.SERVER_STREAMING)
                        .build();
        Server server = NettyServerBuilder.forPort(0)
                .addService(ServerServiceDefinition.builder(GRPCInferenceServiceGrpc.SERVICE_NAME)
                        .addMethod(
                                flushed,
                                ServerCalls.asyncServerStreamingCall(
                                        (request, caller) -> caller.onNext(ModelInferResponse.getDefaultInstance())))
                        .build())
                .build()
                .start();
        try (SluiceClient client = SluiceClient.builder("grpc://127.0.0.1:" + server.getPort())
                .slo(Duration.ofMillis(200))
                .build()) {
            assertThat(failure(client).code()).isEqualTo(ErrorCode.EXPIRED);
        } finally {
            server.shutdownNow().awaitTermination();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "grpc"})
    void whoTakesConnectionsAndSaysNothingIsNotReady(String scheme) {
        DisposableServer mute = TcpServer.create()
                .host("127.0.0.1")
                .handle((in, out) -> Mono.never())
                .bindNow();
        try (SluiceClient client = SluiceClient.builder(scheme + "://127.0.0.1:" + mute.port())
                .connectTimeout(Duration.ofMillis(300))
                .build()) {
            assertThat(client.ready()).isFalse();
        } finally {
            mute.disposeNow();
        }
    }

    @Test
    void whetherAFrontendServesIsNoMatterOfHowManyQueriesThereAre() {
        DisposableServer server = HttpServer.create()
                .host("127.0.0.1")
                .handle((request, response) ->
                        request.uri().equals("/v2/health/ready") ? response.send() : Mono.<Void>never())
                .bindNow();
        try (SluiceClient client = SluiceClient.builder("http://127.0.0.1:" + server.port())
                .maxConnections(1)
                .build()) {
            client.reactive().actor("never").call(1, Long.class).subscribe(result -> {}, failure -> {});
            assertThat(client.ready()).isTrue();
        } finally {
            server.disposeNow();
        }
    }

    @Test
    void aProxyThatSaysWhenToComeBackHasStartedNothing() {
        DisposableServer server = HttpServer.create()
                .host("127.0.0.1")
                .handle((request, response) ->
                        response.status(503).header("Retry-After", "2").send())
                .bindNow();
        try (SluiceClient client = SluiceClient.connect("http://127.0.0.1:" + server.port())) {
            assertThat(failure(client).code()).isEqualTo(ErrorCode.UNAVAILABLE);
            assertThat(failure(client).retryAfter()).contains(Duration.ofSeconds(2));
        } finally {
            server.disposeNow();
        }
    }

    @Test
    void aProxyThatFindsNobodyMeansThatThereIsNoPage() {
        DisposableServer server = HttpServer.create()
                .host("127.0.0.1")
                .handle((request, response) -> response.status(502).send())
                .bindNow();
        try (SluiceClient client = SluiceClient.connect("http://127.0.0.1:" + server.port())) {
            assertThat(catchThrowableOfType(SluiceException.class, client::models)
                            .code())
                    .isEqualTo(ErrorCode.UNAVAILABLE);
        } finally {
            server.disposeNow();
        }
    }

    @Test
    void aConnectionThatEndsBeforeAQueryIsWrittenMeansThatNothingWasStarted() throws Exception {
        DisposableServer hangsUp = TcpServer.create()
                .host("127.0.0.1")
                .doOnConnection(connection -> connection.channel().close())
                .handle((in, out) -> Mono.never())
                .bindNow();
        try (SluiceClient client = SluiceClient.connect("https://127.0.0.1:" + hangsUp.port())) {
            assertThat(failure(client).code()).isEqualTo(ErrorCode.UNAVAILABLE);
        } finally {
            hangsUp.disposeNow();
        }
    }

    /** The first has the only connection for a while. */
    @Test
    void whatWaitedForAConnectionIsNoLongerPartOfTheSlo() {
        Duration slo = Duration.ofMinutes(2);
        Map<String, Double> millis = new ConcurrentHashMap<>();
        Sinks.Empty<Void> first = Sinks.empty();
        DisposableServer server = HttpServer.create()
                .host("127.0.0.1")
                .handle((request, response) -> {
                    millis.put(
                            request.uri(),
                            Double.valueOf(request.requestHeaders().get("Sluice-Slo-Ms")));
                    Mono<Void> until = request.uri().equals("/first") ? first.asMono() : Mono.empty();
                    return response.sendString(until.thenReturn("{\"result\": 1}"));
                })
                .bindNow();
        try (SluiceClient client = SluiceClient.builder("http://127.0.0.1:" + server.port())
                .maxConnections(1)
                .slo(slo)
                .build()) {
            var ahead = client.reactive().actor("first").call(1, Long.class).toFuture();
            await().until(() -> millis.containsKey("/first"));
            long start = System.nanoTime();
            var behind = client.reactive().actor("second").call(1, Long.class).toFuture();
            await().until(() ->
                    System.nanoTime() - start > Duration.ofMillis(300).toNanos());
            first.tryEmitEmpty();
            assertThat(ahead.join()).isEqualTo(1);
            assertThat(behind.join()).isEqualTo(1);
            assertThat(millis.get("/second")).isPositive().isLessThanOrEqualTo(slo.toMillis() - 300);
        } finally {
            server.disposeNow();
        }
    }

    /** Nobody accepts what connects until the frontend is there, some time after. */
    @Test
    void overGrpcTooWhatWaitedForAConnectionIsNoLongerPartOfTheSlo() throws Exception {
        Duration slo = Duration.ofMinutes(2);
        CompletableFuture<Double> millis = new CompletableFuture<>();
        Server server = NettyServerBuilder.forPort(0)
                .addService(new Silent())
                .intercept(new ServerInterceptor() {
                    @Override
                    public <Q, A> ServerCall.Listener<Q> interceptCall(
                            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
                        millis.complete(Double.valueOf(
                                headers.get(Metadata.Key.of("sluice-slo-ms", Metadata.ASCII_STRING_MARSHALLER))));
                        return next.startCall(call, headers);
                    }
                })
                .build()
                .start();
        Sinks.Empty<Void> open = Sinks.empty();
        // Takes connections and says nothing, so that no query can be written, until it is open.
        DisposableServer gate = TcpServer.create()
                .host("127.0.0.1")
                .handle((in, out) -> open.asMono()
                        .then(TcpClient.create()
                                .host("127.0.0.1")
                                .port(server.getPort())
                                .handle((back, forth) -> forth.send(in.receive().retain())
                                        .then()
                                        .and(out.send(back.receive().retain()).then()))
                                .connect())
                        .flatMap(connection -> connection.onDispose()))
                .bindNow();
        try (SluiceClient client = SluiceClient.connect("grpc://127.0.0.1:" + gate.port())) {
            long start = System.nanoTime();
            var call = client.reactive()
                    .actor("vadder")
                    .slo(slo)
                    .call(1, Long.class)
                    .subscribe();
            await().until(() ->
                    System.nanoTime() - start > Duration.ofMillis(300).toNanos());
            open.tryEmitEmpty();
            assertThat(millis.get(60, TimeUnit.SECONDS)).isPositive().isLessThanOrEqualTo(slo.toMillis() - 300);
            call.dispose();
        } finally {
            gate.disposeNow();
            server.shutdownNow().awaitTermination();
        }
    }

    @Test
    void overGrpcWhatIsNoFrontendIsToldByItsStatus() throws Exception {
        Server server = NettyServerBuilder.forPort(0).build().start();
        try (SluiceClient client = SluiceClient.connect("grpc://127.0.0.1:" + server.getPort())) {
            assertThat(failure(client).code()).isEqualTo(ErrorCode.FAILED);
            assertThat(failure(client)).hasMessageContaining("Method not found");
        } finally {
            server.shutdownNow().awaitTermination();
        }
    }
}
