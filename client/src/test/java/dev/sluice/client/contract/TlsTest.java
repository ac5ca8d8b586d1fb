package dev.sluice.client.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.client.SluiceClient;
import dev.sluice.client.error.ErrorCode;
import dev.sluice.client.error.SluiceException;
import inference.GRPCInferenceServiceGrpc.GRPCInferenceServiceImplBase;
import inference.ServerReadyRequest;
import inference.ServerReadyResponse;
import io.grpc.Server;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.netty.buffer.Unpooled;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.Http11SslContextSpec;
import reactor.netty.http.server.HttpServer;
import reactor.netty.tcp.SslProvider;

/** Frontends have no TLS; what stands in front of them may. */
@Timeout(120)
class TlsTest {

    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    private static Path folder;

    private static KeyManagerFactory keys;
    private static TrustManagerFactory trust;

    /** By the JDK's own tool, for this run only. */
    @BeforeAll
    static void makeCertificate() throws Exception {
        Path file = folder.resolve("keys.p12");
        int status = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-alias",
                        "own",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=dns:localhost",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        new String(PASSWORD),
                        "-keystore",
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.log").toFile())
                .start()
                .waitFor();
        assertThat(status).as("keytool").isZero();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("own", store.getCertificate("own"));
        trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
    }

    private static void speaks(String uri) {
        try (SluiceClient client = SluiceClient.builder(uri).trust(trust).build()) {
            assertThat(client.ready()).isTrue();
        }
        try (SluiceClient stranger = SluiceClient.connect(uri)) {
            SluiceException failure =
                    catchThrowableOfType(SluiceException.class, () -> stranger.call("a", 1, Long.class));
            assertThat(failure.code())
                    .as("of who does not know the certificate")
                    .isEqualTo(ErrorCode.UNAVAILABLE);
        }
    }

    @Test
    void httpsIsHttpWithTls() {
        SslProvider.GenericSslContextSpec<?> context = Http11SslContextSpec.forServer(keys);
        DisposableServer server = HttpServer.create()
                .host("localhost")
                .secure(spec -> spec.sslContext(context))
                .handle((request, response) -> response.sendString(Mono.just("")))
                .bindNow();
        try {
            speaks("https://localhost:" + server.port());
        } finally {
            server.disposeNow();
        }
    }

    @Test
    void aQueryIsLostWhereTlsBreaksAfterItWasSent() {
        SslProvider.GenericSslContextSpec<?> context = Http11SslContextSpec.forServer(keys);
        DisposableServer server = HttpServer.create()
                .host("localhost")
                .secure(spec -> spec.sslContext(context))
                .handle((request, response) -> {
                    // Past the handler of TLS, which is the first.
                    request.withConnection(connection -> connection
                            .channel()
                            .pipeline()
                            .firstContext()
                            .writeAndFlush(Unpooled.copiedBuffer("no record of TLS", StandardCharsets.US_ASCII)));
                    return Mono.never();
                })
                .bindNow();
        try (SluiceClient client = SluiceClient.builder("https://localhost:" + server.port())
                .trust(trust)
                .build()) {
            SluiceException failure =
                    catchThrowableOfType(SluiceException.class, () -> client.call("a", 1, Long.class));
            assertThat(failure.code()).isEqualTo(ErrorCode.LOST);
        } finally {
            server.disposeNow();
        }
    }

    @Test
    void grpcsIsGrpcWithTls() throws Exception {
        Server server = NettyServerBuilder.forPort(0)
                .sslContext(GrpcSslContexts.configure(SslContextBuilder.forServer(keys))
                        .build())
                .addService(new GRPCInferenceServiceImplBase() {
                    @Override
                    public void serverReady(ServerReadyRequest request, StreamObserver<ServerReadyResponse> caller) {
                        caller.onNext(
                                ServerReadyResponse.newBuilder().setReady(true).build());
                        caller.onCompleted();
                    }
                })
                .build()
                .start();
        try {
            speaks("grpcs://localhost:" + server.getPort());
        } finally {
            server.shutdownNow().awaitTermination();
        }
    }
}
