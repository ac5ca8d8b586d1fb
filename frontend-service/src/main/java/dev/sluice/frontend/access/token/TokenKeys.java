package dev.sluice.frontend.access.token;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.RemoteKeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.ResourceRetriever;
import com.nimbusds.jose.util.health.HealthStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where the public keys of an issuer come from. Asked for a key that it does not have it fetches them anew, but not more often than
 * every half minute, since anybody can name a key; those that it had stay good for a while when the issuer is away. Blocks.
 */
final class TokenKeys {

    private static final int TIMEOUT_MILLIS = 2_000;
    private static final int MOST_BYTES = 512 * 1024;
    private static final String DISCOVERY = "/.well-known/openid-configuration";

    private final ResourceRetriever web = new DefaultResourceRetriever(TIMEOUT_MILLIS, TIMEOUT_MILLIS, MOST_BYTES);

    /** Whether the last fetch brought keys, or those of before were still good. */
    private volatile boolean available;

    /** @throws UncheckedIOException where the issuer does not tell of its keys */
    JWKSource<SecurityContext> of(TokenSettings settings) {
        String keys = settings.jwkSetUri();
        JWKSource<SecurityContext> fetched = JWKSourceBuilder.create(
                        url(keys != null ? keys : discovered(String.valueOf(settings.issuerUri()))), web)
                // It would have threads of its own, which nothing ends.
                .refreshAheadCache(false)
                .retrying(true)
                .outageTolerant(true)
                .healthReporting(report -> available = report.getHealthStatus() == HealthStatus.HEALTHY)
                .build();
        return (selector, context) -> keys(fetched, selector, context);
    }

    private List<JWK> keys(JWKSource<SecurityContext> fetched, JWKSelector selector, SecurityContext context)
            throws KeySourceException {
        try {
            return fetched.get(selector, context);
        } catch (RateLimitReachedException e) {
            if (available) {
                // It is not among those that were fetched a moment ago.
                return List.of();
            }
            throw new RemoteKeySourceException("the keys could not be fetched a moment ago", e);
        }
    }

    private String discovered(String issuer) {
        String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
        try {
            JsonNode provider = JsonMapper.shared()
                    .readTree(web.retrieveResource(url(base + DISCOVERY)).getContent());
            if (!issuer.equals(provider.path("issuer").asString(""))) {
                throw new IOException("what " + base + DISCOVERY + " tells of is another issuer");
            }
            return provider.path("jwks_uri").asString("");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JacksonException e) {
            throw new UncheckedIOException(new IOException("what is at " + base + DISCOVERY + " is no JSON", e));
        }
    }

    private static URL url(String uri) {
        URI address = KeyAddress.parse(uri);
        try {
            if (address == null) {
                throw new IOException("the issuer names no address of its keys");
            }
            if (!KeyAddress.isSafe(address)) {
                throw new IOException("the issuer's keys are at " + address + ", which is not https");
            }
            return address.toURL();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
