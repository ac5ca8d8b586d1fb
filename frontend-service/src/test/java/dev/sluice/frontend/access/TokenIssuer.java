package dev.sluice.frontend.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** An identity provider on loopback: tells of itself and of its public keys, and signs tokens. */
public final class TokenIssuer implements AutoCloseable {

    public static final String AUDIENCE = "sluice";

    private final HttpServer server;
    private final AtomicInteger fetched = new AtomicInteger();
    private volatile ECKey key = newKey();
    private volatile String keysAt = "";

    private TokenIssuer(HttpServer server) {
        this.server = server;
    }

    public static TokenIssuer start() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            TokenIssuer issuer = new TokenIssuer(server);
            issuer.serve(
                    "/.well-known/openid-configuration",
                    () -> "{\"issuer\": \"" + issuer.uri() + "\", \"jwks_uri\": \"" + issuer.keysAt + "\"}");
            issuer.serve("/keys", () -> {
                issuer.fetched.incrementAndGet();
                return new JWKSet(issuer.key.toPublicJWK()).toString();
            });
            issuer.keysAt(issuer.uri() + "/keys");
            server.start();
            return issuer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve(String path, Supplier<String> json) {
        server.createContext(path, exchange -> {
            byte[] body = json.get().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    private static ECKey newKey() {
        try {
            return new ECKeyGenerator(Curve.P_256)
                    .keyID(UUID.randomUUID().toString())
                    .generate();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    public String uri() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** From now on it tells of keys at this address. */
    public void keysAt(String uri) {
        keysAt = uri;
    }

    /** How often its keys were asked for. */
    public int fetched() {
        return fetched.get();
    }

    /** From now on it signs with another key, and knows the one before no longer. */
    public void changeKey() {
        key = newKey();
    }

    /** A good token of this tenant. */
    public String token(String tenant) {
        return token(tenant, claims -> claims);
    }

    public String token(String tenant, UnaryOperator<JWTClaimsSet.Builder> change) {
        return signedBy(key, tenant, change);
    }

    /** One that was good an hour ago. */
    public String expired(String tenant) {
        Instant hourAgo = Instant.now().minusSeconds(3_600);
        return token(
                tenant,
                claims -> claims.issueTime(Date.from(hourAgo.minusSeconds(600))).expirationTime(Date.from(hourAgo)));
    }

    /** One that names the issuer's key and is signed by another. */
    public String forged(String tenant) {
        try {
            ECKey another = new ECKey.Builder(newKey()).keyID(key.getKeyID()).build();
            return sign(JWSAlgorithm.ES256, new ECDSASigner(another), tenant, claims -> claims);
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    /** One without a signature. */
    public String unsigned(String tenant) {
        return new PlainJWT(claims(tenant, claims -> claims)).serialize();
    }

    /** One whose secret is the issuer's public key, for who would take that for a key of any kind. */
    public String signedWithThePublicKey(String tenant) {
        try {
            byte[] secret = key.toPublicJWK().toECPublicKey().getEncoded();
            return sign(JWSAlgorithm.HS256, new MACSigner(secret), tenant, claims -> claims);
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    private String signedBy(ECKey signing, String tenant, UnaryOperator<JWTClaimsSet.Builder> change) {
        try {
            return sign(JWSAlgorithm.ES256, new ECDSASigner(signing), tenant, change);
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    private String sign(
            JWSAlgorithm algorithm, JWSSigner signer, String tenant, UnaryOperator<JWTClaimsSet.Builder> change)
            throws JOSEException {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(algorithm).keyID(key.getKeyID()).build(), claims(tenant, change));
        token.sign(signer);
        return token.serialize();
    }

    private JWTClaimsSet claims(String tenant, UnaryOperator<JWTClaimsSet.Builder> change) {
        Instant now = Instant.now();
        return change.apply(new JWTClaimsSet.Builder()
                        .issuer(uri())
                        .audience(AUDIENCE)
                        .subject("somebody-of-" + tenant)
                        .jwtID(UUID.randomUUID().toString())
                        .claim("tenant", tenant)
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(now.plusSeconds(600))))
                .build();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
