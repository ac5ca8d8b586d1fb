package dev.sluice.cli.platform;

import dev.sluice.cli.output.CommandFailure;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a platform wants to see of who asks its processes about themselves, where it has a secret. */
public final class ClusterSecret {

    private static final String VARIABLE = "SLUICE_CLUSTER_SECRET";
    private static final int UNAUTHORIZED = 401;
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]");

    private ClusterSecret() {}

    /** That of the environment; null where it has none. */
    public static @Nullable String given() {
        return System.getenv(VARIABLE);
    }

    /** A request that proves it, where it is known, and where nobody on the way can read it. */
    public static HttpRequest.Builder proved(URI url) {
        HttpRequest.Builder request = HttpRequest.newBuilder(url);
        String secret = given();
        boolean unseen = "https".equals(url.getScheme())
                || LOOPBACK.matcher(String.valueOf(url.getHost())).matches();
        return secret == null || secret.isEmpty() || !unseen
                ? request
                : request.header("Authorization", "Bearer " + secret);
    }

    /** @throws CommandFailure where another one was wanted */
    public static void mustHaveBeenRight(HttpResponse<?> response) {
        if (response.statusCode() == UNAUTHORIZED) {
            throw wanted();
        }
    }

    public static CommandFailure wanted() {
        return new CommandFailure("This platform has a cluster secret: put the same into " + VARIABLE + ".");
    }
}
