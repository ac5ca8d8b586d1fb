package dev.sluice.common.config;

import dev.sluice.common.link.LinkTransport;
import io.netty.handler.ssl.SslContextBuilder;
import java.util.Arrays;
import java.util.function.Supplier;
import javax.net.ssl.SNIHostName;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import reactor.netty.http.Http11SslContextSpec;
import reactor.netty.http.Http2SslContextSpec;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.tcp.SslProvider;
import reactor.netty.tcp.SslProvider.GenericSslContextSpec;

/**
 * Mutual TLS by a bundle of Spring Boot's, read again for each connection: certificates may be renewed while the process runs. A
 * router is known by a name in its certificate that all routers have, and not by its address, since there may be many behind one
 * name, and they move.
 */
final class LinkTls implements LinkTransport {

    private final SslBundles bundles;
    private final String bundle;
    private final SNIHostName routerName;
    private final Providers http1 = new Providers(Http11SslContextSpec::forClient);
    private final Providers http2 = new Providers(Http2SslContextSpec::forClient);

    /**
     * @param bundle with this process's certificate and key, and the authorities whose certificates it takes
     * @param routerName a DNS name in the certificate of every router
     */
    LinkTls(SslBundles bundles, String bundle, String routerName) {
        this.bundles = bundles;
        this.bundle = bundle;
        this.routerName = new SNIHostName(routerName);
    }

    @Override
    public String scheme() {
        return "https";
    }

    @Override
    public HttpClient http1(HttpClient client) {
        return client.secure(http1.of(bundles.getBundle(bundle))).protocol(HttpProtocol.HTTP11);
    }

    @Override
    public HttpClient http2(HttpClient client) {
        return client.secure(http2.of(bundles.getBundle(bundle))).protocol(HttpProtocol.H2);
    }

    /** Of one bundle there is one provider: pools know connections of their own by it. */
    private final class Providers {

        private final Supplier<GenericSslContextSpec<SslContextBuilder>> protocol;
        private @Nullable SslBundle made;
        private @Nullable SslProvider last;

        Providers(Supplier<GenericSslContextSpec<SslContextBuilder>> protocol) {
            this.protocol = protocol;
        }

        synchronized SslProvider of(SslBundle current) {
            SslProvider provider = last;
            if (provider == null || current != made) {
                GenericSslContextSpec<SslContextBuilder> spec = protocol.get();
                spec.configure(context -> fill(context, current));
                provider = SslProvider.builder()
                        .sslContext(spec)
                        .serverNames(routerName)
                        .build();
                last = provider;
                made = current;
            }
            return provider;
        }
    }

    private void fill(SslContextBuilder context, SslBundle current) {
        context.keyManager(current.getManagers().getKeyManagerFactory())
                .trustManager(RouterCertificates.of(
                        current.getManagers().getTrustManagerFactory(), routerName.getAsciiName()));
        if (current.getOptions().getCiphers() != null) {
            context.ciphers(Arrays.asList(current.getOptions().getCiphers()));
        }
        if (current.getOptions().getEnabledProtocols() != null) {
            context.protocols(current.getOptions().getEnabledProtocols());
        }
    }
}
