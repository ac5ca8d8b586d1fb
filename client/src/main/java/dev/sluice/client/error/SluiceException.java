package dev.sluice.client.error;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call that ended without a result, over whichever protocol. It has no stack trace: where it came about is an event loop. What waited
 * for it is in the one of its suppressed exception.
 */
public final class SluiceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final String detail;
    private final @Nullable Duration retryAfter;
    private final @Nullable String id;

    /** @param detail a sentence for whoever reads the log */
    public SluiceException(ErrorCode code, String detail) {
        this(code, detail, null, null);
    }

    /** @param retryAfter when a retry may succeed; null where nobody said */
    public SluiceException(ErrorCode code, String detail, @Nullable Duration retryAfter, @Nullable Throwable cause) {
        this(code, detail, retryAfter, null, cause);
    }

    private SluiceException(
            ErrorCode code,
            String detail,
            @Nullable Duration retryAfter,
            @Nullable String id,
            @Nullable Throwable cause) {
        super(code + ": " + detail, cause, true, false);
        this.code = code;
        this.detail = detail;
        this.retryAfter = retryAfter;
        this.id = id;
    }

    /** The same of a query with this id; null: nobody knows it. */
    public SluiceException of(@Nullable String query) {
        return query == null || query.equals(id)
                ? this
                : new SluiceException(code, detail, retryAfter, query, getCause());
    }

    public ErrorCode code() {
        return code;
    }

    /** The message without the code. */
    public String detail() {
        return detail;
    }

    /** The query's, as in the platform's logs and traces; empty where neither the call nor an answer says it. */
    public Optional<String> id() {
        return Optional.ofNullable(id);
    }

    /** Whether the same call may be sent again with a chance of success. */
    public boolean retryable() {
        return code.retryable();
    }

    /** After how long what waits for the actor now is likely to be worked off; empty where nobody said. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
