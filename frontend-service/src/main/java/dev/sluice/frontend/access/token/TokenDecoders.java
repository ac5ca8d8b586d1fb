package dev.sluice.frontend.access.token;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.JwtTypeValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/** What verifies tokens: the signature, by a key of the issuer, and then what they say of themselves. */
final class TokenDecoders {

    /** Clocks of the issuer and of this machine may differ so much. */
    static final Duration SKEW = Duration.ofSeconds(30);

    private TokenDecoders() {}

    static TokenDecoder of(TokenSettings settings) {
        return new TokenDecoder(
                settings.algorithms(), new DiscoveredDecoder(() -> decoder(settings), System::nanoTime));
    }

    private static JwtDecoder decoder(TokenSettings settings) {
        NimbusJwtDecoder decoder = NimbusJwtDecoder.withJwkSource(new TokenKeys().of(settings))
                .jwsAlgorithms(algorithms -> {
                    algorithms.clear();
                    algorithms.addAll(settings.algorithms());
                })
                .build();
        decoder.setJwtValidator(validator(settings));
        return decoder;
    }

    private static OAuth2TokenValidator<Jwt> validator(TokenSettings settings) {
        JwtTimestampValidator timestamps = new JwtTimestampValidator(SKEW);
        timestamps.setAllowEmptyExpiryClaim(false);
        JwtTypeValidator types = new JwtTypeValidator(List.of("JWT", "at+jwt", "application/at+jwt"));
        types.setAllowEmpty(true);
        List<OAuth2TokenValidator<Jwt>> all =
                new ArrayList<>(List.of(timestamps, types, audience(settings.audiences())));
        if (settings.issuerUri() != null) {
            all.add(new JwtIssuerValidator(settings.issuerUri()));
        }
        return new DelegatingOAuth2TokenValidator<>(all);
    }

    private static OAuth2TokenValidator<Jwt> audience(List<String> mine) {
        return new JwtClaimValidator<Collection<String>>(
                JwtClaimNames.AUD,
                audiences -> audiences != null && audiences.stream().anyMatch(mine::contains));
    }
}
