package dev.sluice.frontend.access.token;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.QueryException;
import dev.sluice.frontend.access.ActorPatterns;
import dev.sluice.frontend.access.Rights;
import dev.sluice.frontend.access.Tenants;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.Jwt;

/** Reads out of a verified token who calls, and what it may. */
final class TokenClaims {

    private final TokenSettings settings;
    private final Tenants tenants;

    TokenClaims(TokenSettings settings, Tenants tenants) {
        this.settings = settings;
        this.tenants = tenants;
    }

    /** @throws QueryException {@code UNAUTHENTICATED} where it is nobody's */
    String name(Jwt token) {
        return required(token, settings.nameClaim());
    }

    /** @throws QueryException {@code UNAUTHENTICATED} where it is no tenant's */
    String tenant(Jwt token) {
        return required(token, settings.tenantClaim());
    }

    Rights rights(Jwt token) {
        String claim = settings.actorsClaim();
        // Where tokens are to say what they are good for, one that says nothing is good for nothing.
        ActorPatterns own = claim == null
                ? ActorPatterns.ANY
                : ActorPatterns.of(words(token.getClaims().get(claim)));
        return new Rights(own, tenants.of(tenant(token)).actors(), isOperators(token));
    }

    private boolean isOperators(Jwt token) {
        String scope = settings.operatorScope();
        return scope != null
                && (words(token.getClaims().get("scope")).contains(scope)
                        || words(token.getClaims().get("scp")).contains(scope));
    }

    private static List<String> words(@Nullable Object claim) {
        if (claim instanceof Collection<?> list) {
            return list.stream().map(String::valueOf).toList();
        }
        return claim instanceof String text ? Arrays.asList(text.strip().split(" +", -1)) : List.of();
    }

    private static String required(Jwt token, String claim) {
        Object value = token.getClaims().get(claim);
        if (value instanceof String text && text.matches("[!-~]{1,128}")) {
            return text;
        }
        throw new QueryException(
                ErrorCode.UNAUTHENTICATED,
                "The token has no claim " + claim + ", or none of 1 to 128 printable ASCII characters without spaces.");
    }
}
