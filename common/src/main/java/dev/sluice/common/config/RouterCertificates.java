package dev.sluice.common.config;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts routers alone: those that an authority vouches for, and that have the routers' name. The JDK's own check would take the
 * address that was connected to for a name as good, which may be in the certificate of any process.
 */
final class RouterCertificates extends X509ExtendedTrustManager {

    /** Of a subjectAltName that is a DNS name (RFC 5280, 4.2.1.6). */
    private static final int DNS_NAME = 2;

    private final X509ExtendedTrustManager authorities;
    private final String routerName;

    private RouterCertificates(X509ExtendedTrustManager authorities, String routerName) {
        this.authorities = authorities;
        this.routerName = routerName;
    }

    /** @param authorities as the JDK makes it of a key store with certificates */
    static RouterCertificates of(TrustManagerFactory authorities, String routerName) {
        return Arrays.stream(authorities.getTrustManagers())
                .filter(X509ExtendedTrustManager.class::isInstance)
                .map(X509ExtendedTrustManager.class::cast)
                .findFirst()
                .map(each -> new RouterCertificates(each, routerName))
                .orElseThrow(() -> new IllegalStateException("its authorities cannot be checked"));
    }

    private void mustBeARouter(X509Certificate[] chain) throws CertificateException {
        Collection<List<?>> names = chain[0].getSubjectAlternativeNames();
        boolean router = names != null
                && names.stream()
                        .anyMatch(name -> name.get(0).equals(DNS_NAME)
                                && routerName.equalsIgnoreCase(String.valueOf(name.get(1))));
        if (!router) {
            throw new CertificateException("the certificate has no DNS name " + routerName
                    + " (sluice.link.ssl.router-name), so it is no router's");
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        authorities.checkServerTrusted(chain, type, engine);
        mustBeARouter(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        authorities.checkServerTrusted(chain, type, socket);
        mustBeARouter(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        authorities.checkServerTrusted(chain, type);
        mustBeARouter(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        authorities.checkClientTrusted(chain, type, engine);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        authorities.checkClientTrusted(chain, type, socket);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        authorities.checkClientTrusted(chain, type);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return authorities.getAcceptedIssuers();
    }
}
