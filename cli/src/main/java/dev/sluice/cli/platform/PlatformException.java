package dev.sluice.cli.platform;

/** Something that a person can act on; the message is one sentence, or a few, that says what to do. No stack trace. */
public final class PlatformException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public PlatformException(String message) {
        super(message, null, false, false);
    }
}
