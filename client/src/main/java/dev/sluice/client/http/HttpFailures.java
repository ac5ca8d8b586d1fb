package dev.sluice.client.http;

import dev.sluice.client.error.ErrorCode;
import dev.sluice.client.error.SluiceException;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.client.HttpClientResponse;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The one place that makes failures of what HTTP says, and of what goes wrong with a connection. */
final class HttpFailures {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int MOST_CHARACTERS = 200;

    private final String endpoint;
    private final boolean queries;

    HttpFailures(String endpoint) {
        this(endpoint, true);
    }

    private HttpFailures(String endpoint, boolean queries) {
        this.endpoint = endpoint;
        this.queries = queries;
    }

    /** Of requests that only ask, so that nothing can have been lost. */
    HttpFailures ofPages() {
        return new HttpFailures(endpoint, false);
    }

    /** Of an answer that is no result: problem details, or an error of the Open Inference Protocol. */
    SluiceException of(HttpClientResponse response, byte[] body) {
        JsonNode problem = json(body);
        int status = response.status().code();
        String header = response.responseHeaders().get("Sluice-Code");
        String named = problem.path("code").asString(header == null ? "" : header);
        Duration retryAfter = retryAfter(response.responseHeaders().get(HttpHeaderNames.RETRY_AFTER));
        ErrorCode code = ErrorCode.of(named).orElseGet(() -> code(status, retryAfter));
        String detail = problem.path("detail").asString(problem.path("error").asString(""));
        return new SluiceException(
                code,
                detail.isEmpty() ? endpoint + " answered with status " + status + shortened(body) : detail,
                retryAfter,
                null);
    }

    /** Of problem details alone. */
    SluiceException ofProblem(byte[] body) {
        JsonNode problem = json(body);
        return new SluiceException(
                ErrorCode.of(problem.path("code").asString("")).orElse(ErrorCode.FAILED),
                problem.path("detail").asString("The stream failed."));
    }

    /** @param sent whether the request may have reached somebody: then nobody knows whether a query ran */
    SluiceException broken(Throwable cause, boolean sent) {
        if (cause instanceof SluiceException known) {
            return known;
        }
        return sent && queries
                ? new SluiceException(
                        ErrorCode.LOST,
                        "The connection to " + endpoint
                                + " broke after the query was sent, and whether it ran is not known: "
                                + sentence(cause),
                        null,
                        cause)
                : new SluiceException(
                        ErrorCode.UNAVAILABLE,
                        "No answer from " + endpoint + ", see that a frontend listens there: " + sentence(cause),
                        null,
                        cause);
    }

    private static String sentence(Throwable cause) {
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }

    /** For answers without a code, of proxies for instance. */
    private ErrorCode code(int status, @Nullable Duration retryAfter) {
        return switch (status) {
            case 401 -> ErrorCode.UNAUTHENTICATED;
            case 403 -> ErrorCode.FORBIDDEN;
            case 404 -> ErrorCode.NOT_FOUND;
            case 413 -> ErrorCode.TOO_LARGE;
            case 429 -> ErrorCode.QUOTA;
            case 503 -> retryAfter == null ? ofProxy() : ErrorCode.UNAVAILABLE;
            case 502 -> ofProxy();
            case 504 -> ErrorCode.EXPIRED;
            default -> status < 500 ? ErrorCode.INVALID_INPUT : ErrorCode.FAILED;
        };
    }

    /** Proxies say the same whether they found nobody or lost who was at work; who says when to come back has started nothing. */
    private ErrorCode ofProxy() {
        return queries ? ErrorCode.LOST : ErrorCode.UNAVAILABLE;
    }

    private static @Nullable Duration retryAfter(@Nullable String seconds) {
        return seconds != null && seconds.matches("[0-9]{1,9}") ? Duration.ofSeconds(Long.parseLong(seconds)) : null;
    }

    private static JsonNode json(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (JacksonException e) {
            return JSON.missingNode();
        }
    }

    private static String shortened(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8).strip();
        if (text.isEmpty()) {
            return ".";
        }
        return ": " + (text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS) + "...");
    }
}
