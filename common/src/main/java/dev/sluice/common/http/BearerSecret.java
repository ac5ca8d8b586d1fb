package dev.sluice.common.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/** A secret that a request proves to know by its header {@code Authorization: Bearer SECRET}. */
public final class BearerSecret {

    /** How a request that does not prove it is asked to. */
    public static final String CHALLENGE = "Bearer realm=\"sluice\"";

    private static final String SCHEME = "Bearer ";

    private final byte[] digest;

    public BearerSecret(String secret) {
        if (secret.isBlank()) {
            throw new IllegalArgumentException("A secret that everybody knows proves nothing.");
        }
        // As headers are: white space at an end is not sent.
        digest = digest(secret.trim());
    }

    /** @param authorization the header's value; null where there is none */
    public boolean isProvedBy(@Nullable String authorization) {
        // Digests are of one length, so that the time to compare them tells nothing of the secret, not even its length.
        return MessageDigest.isEqual(digest, digest(given(authorization)));
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
