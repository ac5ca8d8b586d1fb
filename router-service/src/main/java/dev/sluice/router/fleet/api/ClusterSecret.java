package dev.sluice.router.fleet.api;

import dev.sluice.common.http.BearerSecret;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.ServerRequest;

/** Lets in who knows the platform's secret. */
final class ClusterSecret {

    private final @Nullable BearerSecret secret;

    /** @param secret empty where the platform has none: everyone on this machine is let in then */
    ClusterSecret(String secret) {
        this.secret = secret.isEmpty() ? null : new BearerSecret(secret);
    }

    /** @throws HttpRefused where the request does not prove it */
    void mustBeKnown(ServerRequest request) {
        if (secret != null && !secret.isProvedBy(request.headers().firstHeader("Authorization"))) {
            throw new HttpRefused(
                            HttpStatus.UNAUTHORIZED,
                            "This platform has a cluster secret (sluice.cluster-secret). Send it with the header"
                                    + " Authorization: Bearer SECRET.")
                    .header("WWW-Authenticate", BearerSecret.CHALLENGE);
        }
    }
}
