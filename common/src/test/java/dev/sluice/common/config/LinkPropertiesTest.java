package dev.sluice.common.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.common.link.LinkSettings;
import dev.sluice.common.link.LinkTransport;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;

class LinkPropertiesTest {

    @Test
    void hasDefaultsThatWorkTogether() {
        assertThat(bind(Map.of()).settings("")).isEqualTo(LinkSettings.defaults());
    }

    @Test
    void readsEveryKey() {
        LinkSettings settings = bind(Map.of(
                        "sluice.link.max-payload", "1MB",
                        "sluice.link.query-credit", "3MB",
                        "sluice.link.result-credit", "2MB",
                        "sluice.link.lease", "300ms"))
                .settings("s3cret");
        assertThat(settings).isEqualTo(new LinkSettings("s3cret", 1 << 20, 3 << 20, 2 << 20, Duration.ofMillis(300)));
    }

    @ParameterizedTest
    @CsvSource({
        "sluice.link.max-payload, -1B, sluice.link.max-payload",
        "sluice.link.max-payload, 2GB, sluice.link.max-payload",
        "sluice.link.max-payload, 300MB, sluice.link.query-credit",
        "sluice.link.query-credit, 64MB, sluice.link.query-credit",
        "sluice.link.result-credit, 64MB, sluice.link.result-credit",
        "sluice.link.query-credit, -1B, sluice.link.query-credit",
        "sluice.link.query-credit, 2000000GB, sluice.link.query-credit",
        "sluice.link.lease, 29ms, sluice.link.lease",
        "sluice.link.lease, 0s, sluice.link.lease",
        "sluice.link.lease, -3s, sluice.link.lease",
        "sluice.link.lease, 2h, sluice.link.lease",
    })
    void saysInASentenceWhatIsWrong(String key, String value, String named) {
        LinkProperties properties = bind(Map.of(key, value));
        assertThatThrownBy(() -> properties.settings(""))
                .isInstanceOf(SettingRefused.class)
                .hasMessageContaining(named)
                .hasMessageEndingWith(".")
                .satisfies(e -> assertThat(((SettingRefused) e).action()).endsWith("."));
    }

    @Test
    void isCleartextWithoutABundle() {
        assertThat(bind(Map.of()).transport(() -> {
                    throw new AssertionError("there is nothing to ask it for");
                }))
                .isSameAs(LinkTransport.CLEARTEXT);
    }

    @Test
    void namesABundleThatThereIs() {
        LinkProperties properties = bind(Map.of("sluice.link.ssl.bundle", "missing"));
        assertThatThrownBy(() -> properties.transport(DefaultSslBundleRegistry::new))
                .isInstanceOf(SettingRefused.class)
                .hasMessageContaining("sluice.link.ssl.bundle is missing");
    }

    @Test
    void takesNoBundleThatWouldTrustEverybody() {
        LinkProperties properties = bind(Map.of("sluice.link.ssl.bundle", "one"));
        DefaultSslBundleRegistry bundles = new DefaultSslBundleRegistry("one", SslBundle.systemDefault());
        assertThatThrownBy(() -> properties.transport(() -> bundles))
                .isInstanceOf(SettingRefused.class)
                .hasMessageContaining("lacks a certificate or authorities");
    }

    @Test
    void namesWhatCannotBeRead() {
        LinkProperties properties = bind(Map.of("sluice.link.ssl.bundle", "one"));
        PemSslStoreDetails gone = PemSslStoreDetails.forCertificate("gone.pem");
        DefaultSslBundleRegistry bundles =
                new DefaultSslBundleRegistry("one", SslBundle.of(new PemSslStoreBundle(gone, gone)));
        assertThatThrownBy(() -> properties.transport(() -> bundles))
                .isInstanceOf(SettingRefused.class)
                .hasMessageContaining("gone.pem");
    }

    @Test
    void namesRoutersByADnsName() throws Exception {
        DefaultSslBundleRegistry bundles = new DefaultSslBundleRegistry("one", whole());
        LinkProperties properties = bind(Map.of("sluice.link.ssl.bundle", "one", "sluice.link.ssl.router-name", "a b"));
        assertThatThrownBy(() -> properties.transport(() -> bundles))
                .isInstanceOf(SettingRefused.class)
                .hasMessageContaining("sluice.link.ssl.router-name is 'a b'");
    }

    @Test
    void refusesANameWithoutABundle() {
        assertThatThrownBy(() -> bind(Map.of("sluice.link.ssl.router-name", "router")))
                .hasRootCauseInstanceOf(SettingRefused.class)
                .rootCause()
                .hasMessageContaining("sluice.link.ssl has no bundle");
    }

    private static LinkProperties bind(Map<String, String> values) {
        return Bound.bind("sluice.link", LinkProperties.class, values);
    }

    private static SslBundle whole() throws Exception {
        KeyStore empty = KeyStore.getInstance("PKCS12");
        empty.load(null, null);
        return SslBundle.of(SslStoreBundle.of(empty, null, empty));
    }
}
