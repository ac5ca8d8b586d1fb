package dev.sluice.frontend.flight.ipc;

/** Bytes that are none of Arrow's, or say something that this server does not take. The message is a sentence; there is no stack trace. */
public final class NotArrowException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public NotArrowException(String message) {
        super(message, null, false, false);
    }
}
