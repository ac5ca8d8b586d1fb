package dev.sluice.frontend.access.token;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.util.Base64URL;
import java.text.ParseException;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/** Verifies tokens, in two steps: what is none is told from its head, at once; the rest may have to wait for keys. */
final class TokenDecoder {

    private final Set<JWSAlgorithm> algorithms;
    private final JwtDecoder whole;

    /** @param whole of a token whose head is right; may block */
    TokenDecoder(Set<SignatureAlgorithm> algorithms, JwtDecoder whole) {
        this.algorithms = algorithms.stream()
                .map(algorithm -> JWSAlgorithm.parse(algorithm.getName()))
                .collect(Collectors.toUnmodifiableSet());
        this.whole = whole;
    }

    /** Whether it is worth to be decoded: it has the head of a token that is signed as tokens here are. Never blocks. */
    boolean mayBeGood(String token) {
        int end = token.indexOf('.');
        try {
            return end > 0
                    && algorithms.contains(JWSHeader.parse(new Base64URL(token.substring(0, end)))
                            .getAlgorithm());
        } catch (ParseException | RuntimeException e) {
            return false;
        }
    }

    /** Blocks where keys have to be fetched. @throws RuntimeException where it is not good, or there are no keys */
    Jwt decode(String token) {
        return whole.decode(token);
    }
}
