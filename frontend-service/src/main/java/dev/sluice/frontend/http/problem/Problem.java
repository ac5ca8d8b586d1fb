package dev.sluice.frontend.http.problem;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.Failure;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An RFC 9457 problem.
 *
 * @param status the HTTP status
 * @param failure what went wrong; its message becomes {@code detail}
 * @param actor the actor that was asked for, or null where the request names none
 */
public record Problem(int status, Failure failure, @Nullable String actor) {

    public static final String MEDIA_TYPE = "application/problem+json";

    public static Problem of(Failure failure, @Nullable String actor) {
        return new Problem(HttpOutcomes.status(failure.code()), failure, actor);
    }

    /** A problem whose status says more than its code's usual one, for instance 405 or 415. */
    public static Problem of(int status, String detail, @Nullable String actor) {
        return new Problem(status, new Failure(HttpOutcomes.code(status), detail), actor);
    }

    public ErrorCode code() {
        return failure.code();
    }

    public String type() {
        return "urn:sluice:problem:" + code().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public String title() {
        return switch (status) {
            case 405 -> "Method not allowed";
            case 406 -> "Not acceptable";
            case 408 -> "Request timed out";
            case 415 -> "Unsupported media type";
            case 426 -> "Upgrade required";
            case 431 -> "Request headers too large";
            default -> HttpOutcomes.title(code());
        };
    }
}
