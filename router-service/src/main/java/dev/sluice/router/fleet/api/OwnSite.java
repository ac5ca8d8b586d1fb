package dev.sluice.router.fleet.api;

import java.net.URI;
import java.util.regex.Pattern;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.ServerRequest;

/** Keeps out what pages of other sites send through an operator's browser. */
final class OwnSite {

    private static final Pattern LOOPBACK =
            Pattern.compile("(localhost|127(\\.\\d{1,3}){3}|\\[::1])(:\\d{1,5})?", Pattern.CASE_INSENSITIVE);

    private final boolean onlyLoopback;

    /** @param onlyLoopback whether this machine is all that has to reach the router: where there is no secret to be proved */
    OwnSite(boolean onlyLoopback) {
        this.onlyLoopback = onlyLoopback;
    }

    /** @throws HttpRefused where another site may have sent it */
    void mustBeTheOrigin(ServerRequest request) {
        String host = request.headers().firstHeader("Host");
        // A page's own name may be made to point here once its script is loaded; browsers then take the two for one
        // site.
        if (onlyLoopback && host != null && !LOOPBACK.matcher(host).matches()) {
            throw new HttpRefused(
                    HttpStatus.FORBIDDEN,
                    "Without a cluster secret this router takes requests to 127.0.0.1, [::1] or localhost only, and this one is to '"
                            + host + "'. Use one of these, or set sluice.cluster-secret.");
        }
        String origin = request.headers().firstHeader("Origin");
        if (origin != null && !authority(origin).equalsIgnoreCase(host)) {
            throw new HttpRefused(
                    HttpStatus.FORBIDDEN, "The page that sends this is of another site than this router.");
        }
    }

    private static String authority(String origin) {
        try {
            return String.valueOf(URI.create(origin).getRawAuthority());
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
