package dev.sluice.frontend.access;

import org.jspecify.annotations.Nullable;

/**
 * What a caller shows of itself.
 *
 * @param secret an API key or a token; null where it sent none
 * @param tenant the one that it says it is, which an open frontend believes; empty unless it is on this machine
 */
public record Credentials(@Nullable Secret secret, String tenant) {

    public static final Credentials NONE = new Credentials(null, "");

    private static final String BEARER = "Bearer ";

    /**
     * Of headers, or of metadata of the same names.
     *
     * @param authorization of which only {@code Bearer} counts: an API key as well as a token
     * @param apiKey of {@code X-API-Key}. It comes first: it is meant for nobody else, where the other may be a proxy's own
     */
    public static Credentials of(@Nullable String authorization, @Nullable String apiKey, String tenant) {
        Secret secret = secret(apiKey, 0);
        if (secret == null
                && authorization != null
                && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            secret = secret(authorization, BEARER.length());
        }
        return secret == null && tenant.isEmpty() ? NONE : new Credentials(secret, tenant);
    }

    private static @Nullable Secret secret(@Nullable String text, int from) {
        if (text == null) {
            return null;
        }
        int start = from;
        int end = text.length();
        while (start < end && text.charAt(start) <= ' ') {
            start++;
        }
        while (start < end && text.charAt(end - 1) <= ' ') {
            end--;
        }
        return start == end ? null : new Secret(text.substring(start, end));
    }
}
