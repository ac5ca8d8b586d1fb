package dev.sluice.frontend.access.token;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.ResourceRetriever;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
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

    /** @throws UncheckedIOException where the issuer does not tell of its keys */
    JWKSource<SecurityContext> of(TokenSettings settings) {
        String keys = settings.jwkSetUri();
        return JWKSourceBuilder.create(url(keys != null ? keys : discovered(String.valueOf(settings.issuerUri()))), web)
                // It would have threads of its own, which nothing ends.
                .refreshAheadCache(false)
                .retrying(true)
                .outageTolerant(true)
                .build();
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
        try {
            return URI.create(uri).toURL();
        } catch (MalformedURLException | IllegalArgumentException e) {
            throw new UncheckedIOException(new IOException("the issuer names no address of its keys", e));
        }
    }
}
