package dev.sluice.sdk.actor;

/**
 * An actor that cannot be served as it is written or configured. The message is a sentence for its author or operator
 * that names the class, method or argument and says what to change.
 */
public final class InvalidActorException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    public InvalidActorException(String message) {
        super(message);
    }

    public InvalidActorException(String message, Throwable cause) {
        super(message, cause);
    }
}
