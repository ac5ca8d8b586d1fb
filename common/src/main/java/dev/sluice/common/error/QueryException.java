package dev.sluice.common.error;

/** A {@link Failure} on its way through an API that only carries exceptions. Has no stack trace: refusals are cheap. */
public class QueryException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    public QueryException(Failure failure) {
        super(failure.message(), null, false, false);
        this.failure = failure;
    }

    public QueryException(ErrorCode code, String message) {
        this(new Failure(code, message));
    }

    public final Failure failure() {
        return failure;
    }
}
