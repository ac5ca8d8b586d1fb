package dev.sluice.frontend.page;

import dev.sluice.frontend.http.problem.Problem;
import dev.sluice.frontend.http.problem.ProblemException;
import java.net.URI;
import java.util.regex.Pattern;
import org.springframework.web.reactive.function.server.ServerRequest;

/** Keeps pages of other sites from reading, through the browser of somebody here, what only this machine may reach. */
final class OwnSite {

    private static final Pattern LOOPBACK =
            Pattern.compile("(localhost|127(\\.\\d{1,3}){3}|\\[::1])(:\\d{1,5})?", Pattern.CASE_INSENSITIVE);

    private final boolean onlyLoopback;

    /** @param onlyLoopback whether this frontend listens on nothing else */
    OwnSite(boolean onlyLoopback) {
        this.onlyLoopback = onlyLoopback;
    }

    /** @throws ProblemException where another site may have sent it */
    void mustBeTheOrigin(ServerRequest request) {
        String host = request.headers().firstHeader("Host");
        // A page's own name may be made to point here once its script is loaded; browsers then take the two for one.
        if (onlyLoopback && host != null && !LOOPBACK.matcher(host).matches()) {
            throw refused("This frontend shows itself at localhost, 127.0.0.1 and [::1] only.");
        }
        String origin = request.headers().firstHeader("Origin");
        if (origin != null && !authority(origin).equalsIgnoreCase(host)) {
            throw refused("The page that asks is of another site than this frontend.");
        }
        String site = request.headers().firstHeader("Sec-Fetch-Site");
        if (site != null && !site.equals("same-origin") && !site.equals("none")) {
            throw refused("The page that asks is of another site than this frontend.");
        }
    }

    private static ProblemException refused(String why) {
        return new ProblemException(Problem.of(403, why, null));
    }

    private static String authority(String origin) {
        try {
            return String.valueOf(URI.create(origin).getRawAuthority());
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
