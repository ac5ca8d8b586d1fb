package dev.sluice.host.sql.repository;

/**
 * How a version of a SQL actor stands.
 *
 * @param state of it
 * @param reason why it does not serve, or serves as it was before; else empty
 */
public record QueryStatus(State state, String reason) {

    static final QueryStatus GOOD = new QueryStatus(State.GOOD, "");

    /** What there is of a version. */
    public enum State {
        /** As its file is. */
        GOOD,
        /** Its file changed and is broken: it is as it was before. */
        STALE,
        /** It never was good. */
        BROKEN
    }

    @Override
    public String toString() {
        return reason.isEmpty() ? state.name() : state + ": " + reason;
    }
}
