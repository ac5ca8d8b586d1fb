package dev.sluice.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.common.config.LinkProperties;
import dev.sluice.common.link.LinkConnector;
import dev.sluice.common.link.LinkTransport;
import dev.sluice.common.testing.LogCapture;
import dev.sluice.common.testing.TestAuthority;
import dev.sluice.common.wire.Role;
import dev.sluice.router.testing.LinkedPeer;
import dev.sluice.router.testing.RunningRouter;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslManagerBundle;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;
import org.springframework.util.unit.DataSize;

/** A router whose links are secured, and who comes near it. */
class MutualTlsTest {

    private static final String ROUTER = "sluice-router";
    private static final Duration LONG = Duration.ofMinutes(5);

    @TempDir
    private Path folder;

    private TestAuthority authority;
    private RunningRouter router;

    @BeforeEach
    void start() throws Exception {
        authority = TestAuthority.named("the platform's");
        authority.write(folder.resolve("router"), ROUTER);
        authority.write(folder.resolve("member"), "member");
        router = new RunningRouter(
                "--sluice.link.ssl.bundle=links",
                "--spring.ssl.bundle.pem.links.reload-on-update=true",
                "--spring.ssl.bundle.watch.file.quiet-period=100ms",
                "--spring.ssl.bundle.pem.links.keystore.certificate=" + file("router", TestAuthority.CERTIFICATE),
                "--spring.ssl.bundle.pem.links.keystore.private-key=" + file("router", TestAuthority.KEY),
                "--spring.ssl.bundle.pem.links.truststore.certificate=" + file("router", TestAuthority.AUTHORITY),
                "--management.server.port=0");
    }

    @AfterEach
    void stop() {
        router.close();
    }

    @Test
    void linksWithWhoShowsACertificateOfItsAuthority() throws Exception {
        router.connect(Role.HOST, transport("member", ROUTER)).link();
        LinkedPeer frontend = router.connect(Role.FRONTEND, transport("member", ROUTER));
        frontend.link();

        assertThat(frontend.awaitActor("echo").actors()).hasSize(1);
    }

    @Test
    void keepsOutWhoShowsACertificateOfAnother() throws Exception {
        TestAuthority.named("a stranger's").write(folder.resolve("stranger"), "member", authority);

        assertKeptOut(transport("stranger", ROUTER), "certificate|alert|prematurely");
    }

    @Test
    void keepsOutWhoShowsNone() {
        DefaultSslBundleRegistry bundles = new DefaultSslBundleRegistry("links", bundle("member"));
        LinkTransport transport = secured(ROUTER).transport(() -> bundles);
        SslManagerBundle trustOnly =
                SslManagerBundle.from(bundle("member").getManagers().getTrustManagerFactory());
        bundles.updateBundle("links", SslBundle.of(null, null, null, null, trustOnly));

        assertKeptOut(transport, "certificate|alert|prematurely");
    }

    @Test
    void keepsOutWhoSpeaksNoTls() {
        assertKeptOut(LinkTransport.CLEARTEXT, "prematurely|reset|broken|not HTTP|closed");
    }

    @Test
    void isNoRouterToWhoExpectsAnotherName() {
        assertKeptOut(transport("member", "another-router"), "subject alternative|DNS name");
    }

    /** Many certificates have the address of their process. */
    @Test
    void isNoRouterByItsAddress() throws Exception {
        authority.write(folder.resolve("router"), "host", "127.0.0.1");
        // As soon as it shows that one.
        router.connect(Role.FRONTEND, transport("member", "host")).link();

        assertKeptOut(transport("member", ROUTER), "no DNS name " + ROUTER);
    }

    @Test
    void isLinkedWithOnceACertificateCanBeReadAgain() throws Exception {
        SslBundle good = bundle("member");
        DefaultSslBundleRegistry bundles = new DefaultSslBundleRegistry("links", good);
        LinkTransport transport = secured(ROUTER).transport(() -> bundles);
        PemSslStoreDetails gone = PemSslStoreDetails.forCertificate(file("member", "gone.pem"));
        bundles.updateBundle("links", SslBundle.of(new PemSslStoreBundle(gone, gone)));
        try (LogCapture log = LogCapture.of(LinkConnector.class)) {
            LinkedPeer peer = router.connect(Role.FRONTEND, transport);
            await().atMost(LONG).until(() -> log.messages().stream().anyMatch(said -> said.contains("gone.pem")));

            bundles.updateBundle("links", good);
            peer.link();
        }
    }

    @Test
    void isNoRouterToWhoTrustsAnotherAuthority() throws Exception {
        TestAuthority.named("another platform's").write(folder.resolve("elsewhere"), "member");

        assertKeptOut(transport("elsewhere", ROUTER), "certification path");
    }

    @Test
    void letsNobodyControlItWithoutACertificate() throws Exception {
        assertThatThrownBy(() -> get(router.uri("/control/v1/overview"), SSLContext.getDefault()))
                .as("in cleartext")
                .isInstanceOf(IOException.class);
        URI secured = URI.create(router.uri("/control/v1/overview").toString().replace("http:", "https:"));
        assertThatThrownBy(() -> get(secured, trusting(null))).as("without one").isInstanceOf(IOException.class);

        assertThat(get(secured, trusting(bundle("member").getManagers().getKeyManagers())))
                .as("with one")
                .isEqualTo(200);
    }

    /** Probes have no certificate, and a port of their own. */
    @Test
    void answersProbesOnItsManagementPort() throws Exception {
        int port = router.context().getEnvironment().getRequiredProperty("local.management.port", Integer.class);

        URI health = URI.create("http://127.0.0.1:" + port + "/actuator/health/liveness");
        assertThat(get(health, SSLContext.getDefault())).isEqualTo(200);
    }

    @Test
    void showsARenewedCertificateWithoutARestart() throws Exception {
        TestAuthority next = TestAuthority.named("the platform's next");
        authority.write(folder.resolve("router"), ROUTER, next);
        next.write(folder.resolve("member"), "member");
        try (LogCapture log = LogCapture.of(LinkConnector.class)) {
            LinkedPeer peer = router.connect(Role.FRONTEND, transport("member", ROUTER));
            await().atMost(LONG).until(() -> !log.messages().isEmpty());
            assertThat(peer.wasLinked()).as("it trusts only who comes next").isFalse();

            next.write(folder.resolve("router"), ROUTER, authority);
            peer.link();
        }
    }

    @Test
    void isLinkedWithWhoRenewsItsOwnCertificate() throws Exception {
        TestAuthority.named("a stranger's").write(folder.resolve("stranger"), "member", authority);
        DefaultSslBundleRegistry bundles = new DefaultSslBundleRegistry("links", bundle("stranger"));
        LinkTransport transport = secured(ROUTER).transport(() -> bundles);
        try (LogCapture log = LogCapture.of(LinkConnector.class)) {
            LinkedPeer peer = router.connect(Role.FRONTEND, transport);
            await().atMost(LONG).until(() -> !log.messages().isEmpty());
            assertThat(peer.wasLinked()).isFalse();

            bundles.updateBundle("links", bundle("member"));
            peer.link();
        }
    }

    private void assertKeptOut(LinkTransport transport, String reason) {
        try (LogCapture log = LogCapture.of(LinkConnector.class)) {
            LinkedPeer peer = router.connect(Role.HOST, transport);
            await().atMost(LONG)
                    .until(() -> log.messages().stream()
                            .anyMatch(said -> said.matches(
                                    "No link with the router at " + transport.scheme() + "://.*(" + reason + ").*")));

            assertThat(peer.wasLinked()).isFalse();
            peer.close();
        }
    }

    private String file(String member, String name) {
        return folder.resolve(member).resolve(name).toString();
    }

    private SslBundle bundle(String member) {
        PemSslStoreDetails own = PemSslStoreDetails.forCertificate(file(member, TestAuthority.CERTIFICATE))
                .withPrivateKey(file(member, TestAuthority.KEY));
        return SslBundle.of(
                new PemSslStoreBundle(own, PemSslStoreDetails.forCertificate(file(member, TestAuthority.AUTHORITY))));
    }

    private LinkTransport transport(String member, String routerName) {
        return transport(bundle(member), routerName);
    }

    private static LinkTransport transport(SslBundle bundle, String routerName) {
        return secured(routerName).transport(() -> new DefaultSslBundleRegistry("links", bundle));
    }

    private static LinkProperties secured(String routerName) {
        DataSize any = DataSize.ofMegabytes(1);
        return new LinkProperties(any, any, any, Duration.ofSeconds(3), new LinkProperties.Ssl("links", routerName));
    }

    /** Of who takes the router's certificate whatever name it has, since this is not the subject here. */
    private SSLContext trusting(KeyManager @Nullable [] own) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own, new TrustManager[] {new AnyName()}, null);
        return context;
    }

    private static int get(URI uri, SSLContext tls) throws Exception {
        HttpClient client = HttpClient.newBuilder().sslContext(tls).build();
        return client.send(HttpRequest.newBuilder(uri).timeout(LONG).build(), BodyHandlers.discarding())
                .statusCode();
    }

    private static final class AnyName extends X509ExtendedTrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
