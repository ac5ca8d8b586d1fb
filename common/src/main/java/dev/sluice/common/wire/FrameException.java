package dev.sluice.common.wire;

/** The peer sent bytes that are no frame: the link that they came on ends, with this sentence in the log. */
public final class FrameException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public FrameException(String message) {
        super(message, null, false, false);
    }
}
