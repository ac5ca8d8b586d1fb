package dev.sluice.sdk.annotated;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.Failure;
import dev.sluice.common.error.QueryException;
import dev.sluice.sdk.CallException;
import java.nio.channels.ClosedByInterruptException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;

/** What callers are told when user code throws. */
final class UserFailure {

    private static final int MAX_LENGTH = 1_000;
    private static final int MAX_CAUSES = 20;

    private UserFailure() {}

    static Failure of(Throwable thrown, String signature) {
        if (unwrap(thrown) instanceof CallException called) {
            return called.failure().code() == ErrorCode.NOT_FOUND
                    ? new Failure(ErrorCode.UNAVAILABLE, called.failure().message())
                    : called.failure();
        }
        return sentence(signature, "threw " + describe(unwrap(thrown)));
    }

    /** A method broke its contract. */
    static Failure sentence(String signature, String what) {
        String message = signature + " " + what;
        return new Failure(
                ErrorCode.FAILED, message.length() > MAX_LENGTH ? message.substring(0, MAX_LENGTH) + "..." : message);
    }

    /**
     * As {@link #of}, where a single query was run: then user code may blame its input, by a {@link QueryException} of
     * {@code INVALID_INPUT}. Other codes say what the platform did, and that is not for user code to say, unless it was the platform that
     * said it: of a call that the method made.
     */
    static Failure ofOne(Throwable thrown, String signature) {
        return unwrap(thrown) instanceof QueryException refusal
                        && refusal.failure().code() == ErrorCode.INVALID_INPUT
                ? refusal.failure()
                : of(thrown, signature);
    }

    /** Whether user code ended since its thread was interrupted. */
    static boolean isInterruption(Throwable thrown) {
        Throwable cause = thrown;
        for (int i = 0; i < MAX_CAUSES && cause != null; i++, cause = cause.getCause()) {
            if (cause instanceof InterruptedException || cause instanceof ClosedByInterruptException) {
                return true;
            }
        }
        return Thread.currentThread().isInterrupted();
    }

    /** Whether one query of a batch may be to blame, rather than the machine or the code as a whole. */
    static boolean mayBePoison(Throwable thrown) {
        Throwable cause = unwrap(thrown);
        if (cause instanceof CallException called) {
            return called.failure().code() == ErrorCode.FAILED
                    || called.failure().code() == ErrorCode.INVALID_INPUT;
        }
        boolean machine = cause instanceof VirtualMachineError && !(cause instanceof StackOverflowError);
        return !machine && !(cause instanceof LinkageError);
    }

    private static Throwable unwrap(Throwable thrown) {
        Throwable cause = Exceptions.unwrap(thrown);
        for (int i = 0; i < MAX_CAUSES; i++) {
            boolean wrapper = cause instanceof CompletionException || cause instanceof ExecutionException;
            if (!wrapper || cause.getCause() == null) {
                return cause;
            }
            cause = cause.getCause();
        }
        return cause;
    }

    static String describe(Throwable cause) {
        String message = message(cause);
        return cause.getClass().getName() + (message == null || message.isEmpty() ? "" : ": " + message);
    }

    /** User code once more: an exception may compute its message. */
    private static @Nullable String message(Throwable cause) {
        try {
            return cause.getMessage();
        } catch (RuntimeException | Error broken) {
            return "(its message threw " + broken.getClass().getName() + ")";
        }
    }
}
