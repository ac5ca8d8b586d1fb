package dev.sluice.common.config;

import dev.sluice.common.link.LinkSettings;
import dev.sluice.common.link.LinkTransport;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the links between the processes of a platform.
 *
 * @param maxPayload the largest input or result
 * @param queryCredit how many bytes of queries each peer may have with this process at a time
 * @param resultCredit likewise for results
 * @param lease a peer that is silent for so long is given up
 * @param ssl mutual TLS; without it links are in cleartext
 */
@ConfigurationProperties("sluice.link")
public record LinkProperties(
        @DefaultValue("64MB") DataSize maxPayload,
        @DefaultValue("256MB") DataSize queryCredit,
        @DefaultValue("256MB") DataSize resultCredit,
        @DefaultValue("3s") Duration lease,
        @Nullable Ssl ssl) {

    /**
     * @param bundle the name of a bundle in {@code spring.ssl.bundle}: the certificate and key of this process, and the authorities
     *     whose certificates it takes
     * @param routerName a DNS name in the certificate of every router
     */
    public record Ssl(
            String bundle, @DefaultValue("sluice-router") String routerName) {

        public Ssl {
            if (bundle == null || bundle.isBlank()) {
                throw new SettingRefused(
                        "sluice.link.ssl has no bundle.",
                        "Name one of spring.ssl.bundle as sluice.link.ssl.bundle, or leave sluice.link.ssl out.");
            }
        }
    }

    /**
     * @param known asked only where links are to be secured
     * @throws SettingRefused where they are and the bundle is not there or not whole, or the routers' name is none
     */
    public LinkTransport transport(Supplier<SslBundles> known) {
        if (ssl == null) {
            return LinkTransport.CLEARTEXT;
        }
        SslBundles bundles = known.get();
        if (!bundles.getBundleNames().contains(ssl.bundle())) {
            throw new SettingRefused(
                    "sluice.link.ssl.bundle is " + ssl.bundle() + ", and there is no such bundle.",
                    "Describe it as spring.ssl.bundle.pem." + ssl.bundle() + " (or jks), as docs/tls.md shows.");
        }
        mustBeWhole(bundles.getBundle(ssl.bundle()));
        try {
            return new LinkTls(bundles, ssl.bundle(), ssl.routerName());
        } catch (IllegalArgumentException e) {
            throw new SettingRefused(
                    "sluice.link.ssl.router-name is '" + ssl.routerName() + "', which is no DNS name.",
                    "Write the name that the certificates of all routers have as subjectAltName, for instance sluice-router.");
        }
    }

    /** Whoever leaves the authorities out would trust everyone whom the JDK knows; whoever has no certificate gets nowhere. */
    private void mustBeWhole(SslBundle bundle) {
        boolean whole;
        try {
            whole = bundle.getStores().getKeyStore() != null
                    && bundle.getStores().getTrustStore() != null;
        } catch (RuntimeException e) {
            throw new SettingRefused(
                    "The bundle of sluice.link.ssl.bundle cannot be read: " + e.getMessage() + ".",
                    "Correct spring.ssl.bundle, or let this process read the files that it names.");
        }
        if (!whole) {
            throw new SettingRefused(
                    "The bundle of sluice.link.ssl.bundle lacks a certificate or authorities.",
                    "Give it a keystore, with this process's certificate and key, and a truststore, with the platform's authority.");
        }
    }

    /** @throws SettingRefused where the settings contradict each other */
    public LinkSettings settings(String clusterSecret) {
        try {
            return new LinkSettings(
                    clusterSecret, maxPayload.toBytes(), queryCredit.toBytes(), resultCredit.toBytes(), lease);
        } catch (IllegalArgumentException e) {
            throw new SettingRefused(String.valueOf(e.getMessage()), "Correct the setting, or leave the default.");
        }
    }
}
