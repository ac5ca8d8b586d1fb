package dev.sluice.frontend.access.token;

import dev.sluice.common.config.SettingRefused;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;

/**
 * Tokens of an identity provider.
 *
 * @param issuerUri what tokens have to have as their issuer, and where OpenID Connect Discovery tells of its keys
 * @param jwkSetUri where its keys are, for a provider without discovery; then the issuer is looked at only if it is set too
 * @param audiences one of these has to be among a token's audiences
 * @param algorithms of signatures, with a key pair: whoever verifies a token cannot make one
 * @param nameClaim who calls
 * @param tenantClaim whom its queries are counted for; a token without it is refused
 * @param actorsClaim names of actors that the token is good for, with {@code *} for any characters, as an array or with spaces between
 *     them; null: it is good for all that its tenant may call
 * @param operatorScope of the claim scope (or scp), for loading models and seeing what concerns all callers; null: no token is good for that
 */
public record TokenSettings(
        @Nullable String issuerUri,
        @Nullable String jwkSetUri,
        @DefaultValue List<String> audiences,
        @DefaultValue({"RS256", "ES256"}) Set<SignatureAlgorithm> algorithms,
        @DefaultValue("sub") String nameClaim,
        @DefaultValue("tenant") String tenantClaim,
        @Nullable String actorsClaim,
        @Nullable String operatorScope) {

    /** @throws SettingRefused where tokens would be taken that nobody meant */
    public TokenSettings {
        issuerUri = nullIfBlank(issuerUri);
        jwkSetUri = nullIfBlank(jwkSetUri);
        actorsClaim = nullIfBlank(actorsClaim);
        operatorScope = nullIfBlank(operatorScope);
        audiences = audiences.stream().filter(audience -> !audience.isBlank()).toList();
        algorithms = Set.copyOf(algorithms);
        check("issuer-uri", issuerUri);
        check("jwk-set-uri", jwkSetUri);
        if ((issuerUri != null || jwkSetUri != null) && audiences.isEmpty()) {
            throw new SettingRefused(
                    "sluice.access.jwt.audiences is empty, so that a token for any other service of the same issuer would be"
                            + " good here.",
                    "Write the audience that tokens for this platform have.");
        }
    }

    /** Whether there are tokens at all. */
    public boolean isSet() {
        return issuerUri != null || jwkSetUri != null;
    }

    private static void check(String name, @Nullable String uri) {
        if (uri == null) {
            return;
        }
        URI address = KeyAddress.parse(uri);
        if (address == null) {
            throw new SettingRefused(
                    "sluice.access.jwt." + name + " is '" + uri + "'.",
                    "Write a URI like https://login.example.com/realm.");
        }
        if (!KeyAddress.isSafe(address)) {
            throw new SettingRefused(
                    "sluice.access.jwt." + name + " is '" + uri
                            + "': whoever can change what comes from there could make tokens that are good here.",
                    "Write an address with https; with http only 127.0.0.1, [::1] or localhost may be asked.");
        }
    }

    private static @Nullable String nullIfBlank(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }
}
