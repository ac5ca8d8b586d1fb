package dev.sluice.frontend.http.problem;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.Failure;
import java.util.function.BiConsumer;
import org.springframework.http.HttpHeaders;

/** The one place that maps error codes to HTTP, for every protocol that runs over HTTP. */
public final class HttpOutcomes {

    private static final int UNAUTHENTICATED = 401;
    private static final String CHALLENGE = "Bearer realm=\"sluice\"";

    private HttpOutcomes() {}

    /** The status of an answer that carries this code; 499 for a caller that is gone and reads no status anyway. */
    public static int status(ErrorCode code) {
        return switch (code) {
            case INVALID_INPUT -> 400;
            case UNAUTHENTICATED -> UNAUTHENTICATED;
            case FORBIDDEN -> 403;
            case NOT_FOUND -> 404;
            case TOO_LARGE -> 413;
            case QUOTA -> 429;
            case OVERLOADED, UNMEETABLE, UNAVAILABLE -> 503;
            case EXPIRED -> 504;
            case LOST, FAILED -> 500;
            case CANCELLED -> 499;
        };
    }

    /** The code that says best what a status means that no query caused, for instance a 405. */
    public static ErrorCode code(int status) {
        return switch (status) {
            case UNAUTHENTICATED -> ErrorCode.UNAUTHENTICATED;
            case 403 -> ErrorCode.FORBIDDEN;
            case 404 -> ErrorCode.NOT_FOUND;
            case 413 -> ErrorCode.TOO_LARGE;
            case 429 -> ErrorCode.QUOTA;
            case 503 -> ErrorCode.UNAVAILABLE;
            case 504 -> ErrorCode.EXPIRED;
            default -> status < 500 ? ErrorCode.INVALID_INPUT : ErrorCode.FAILED;
        };
    }

    /** A few words for the title of a problem. */
    public static String title(ErrorCode code) {
        return switch (code) {
            case INVALID_INPUT -> "Invalid input";
            case UNAUTHENTICATED -> "Unauthenticated";
            case FORBIDDEN -> "Forbidden";
            case NOT_FOUND -> "Not found";
            case TOO_LARGE -> "Too large";
            case QUOTA -> "Over quota";
            case OVERLOADED -> "Overloaded";
            case UNMEETABLE -> "Deadline cannot be met";
            case EXPIRED -> "Deadline passed";
            case UNAVAILABLE -> "Unavailable";
            case LOST -> "Lost";
            case FAILED -> "Failed";
            case CANCELLED -> "Cancelled";
        };
    }

    /**
     * What the headers of an answer say of a problem: its code, for protocols whose errors have no place for it, and what to do about
     * it.
     *
     * @param set sets a header, by its name
     */
    public static void headers(Problem problem, BiConsumer<String, String> set) {
        set.accept("Sluice-Code", problem.code().name());
        if (problem.status() == UNAUTHENTICATED) {
            set.accept(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE);
        }
        long seconds = retryAfterSeconds(problem.failure());
        if (seconds > 0) {
            set.accept(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
        }
    }

    /** Whole seconds for {@code Retry-After}, at least 1; 0 where the header does not belong. */
    static long retryAfterSeconds(Failure failure) {
        return switch (failure.code()) {
            case QUOTA, OVERLOADED, UNMEETABLE, UNAVAILABLE -> Math.max(1, ceilSeconds(failure.retryAfterMillis()));
            default -> 0;
        };
    }

    private static long ceilSeconds(long millis) {
        return millis / 1000 + (millis % 1000 > 0 ? 1 : 0);
    }
}
