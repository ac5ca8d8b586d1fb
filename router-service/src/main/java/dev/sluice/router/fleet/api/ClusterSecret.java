package dev.sluice.router.fleet.api;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.ServerRequest;

/** Lets in who knows the platform's secret. */
final class ClusterSecret {

    private static final String SCHEME = "Bearer ";

    private final byte @Nullable [] digest;

    /** @param secret empty where the platform has none: everyone on this machine is let in then */
    ClusterSecret(String secret) {
        digest = secret.isEmpty() ? null : digest(secret);
    }

    /** @throws HttpRefused where the request does not prove it */
    void mustBeKnown(ServerRequest request) {
        byte[] wanted = digest;
        if (wanted == null) {
            return;
        }
        String given = given(request.headers().firstHeader("Authorization"));
        // Digests are of one length, so that the time to compare them tells nothing of the secret, not even its length.
        if (!MessageDigest.isEqual(wanted, digest(given))) {
            throw new HttpRefused(
                            HttpStatus.UNAUTHORIZED,
                            "This platform has a cluster secret (sluice.cluster-secret). Send it with the header"
                                    + " Authorization: Bearer SECRET.")
                    .header("WWW-Authenticate", "Bearer realm=\"sluice\"");
        }
    }

    private static String given(@Nullable String header) {
        boolean bearer = header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
        return header != null && bearer ? header.substring(SCHEME.length()).trim() : "";
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
