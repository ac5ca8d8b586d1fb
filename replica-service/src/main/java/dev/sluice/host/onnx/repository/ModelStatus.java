package dev.sluice.host.onnx.repository;

/**
 * How a version of a model stands.
 *
 * @param state of it
 * @param reason why it does not serve, or serves as it was before; else empty
 */
public record ModelStatus(State state, String reason) {

    static final ModelStatus GOOD = new ModelStatus(State.GOOD, "");

    /** What there is of a version. */
    public enum State {
        /** As its files are. */
        GOOD,
        /** Its files changed and are broken: it is as they were before. */
        STALE,
        /** It never was good. */
        BROKEN
    }
}
