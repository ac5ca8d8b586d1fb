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
     * @param apiKey of {@code X-API-Key}, where nothing came by the other
     */
    public static Credentials of(@Nullable String authorization, @Nullable String apiKey, String tenant) {
        Secret secret = null;
        if (authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            secret = new Secret(authorization.substring(BEARER.length()).strip());
        } else if (apiKey != null) {
            secret = new Secret(apiKey);
        }
        return secret == null && tenant.isEmpty() ? NONE : new Credentials(secret, tenant);
    }
}
