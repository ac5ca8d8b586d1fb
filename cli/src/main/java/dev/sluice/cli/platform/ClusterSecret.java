package dev.sluice.cli.platform;

import dev.sluice.cli.output.CommandFailure;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/** What a platform wants to see of who asks its processes about themselves, where it has a secret. */
public final class ClusterSecret {

    private static final String VARIABLE = "SLUICE_CLUSTER_SECRET";
    private static final int UNAUTHORIZED = 401;

    private ClusterSecret() {}

    /** That of the environment; null where it has none. */
    public static @Nullable String given() {
        return System.getenv(VARIABLE);
    }

    /** Proves it, where it is known. */
    public static HttpRequest.Builder proved(HttpRequest.Builder request) {
        String secret = given();
        return secret == null || secret.isEmpty() ? request : request.header("Authorization", "Bearer " + secret);
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
