package dev.sluice.examples.digits;

/** The picture cannot be read or shows nothing; the message says so to the caller. */
public final class UnreadablePictureException extends Exception {

    private static final long serialVersionUID = 1L;

    UnreadablePictureException(String message) {
        super(message, null, false, false);
    }
}
