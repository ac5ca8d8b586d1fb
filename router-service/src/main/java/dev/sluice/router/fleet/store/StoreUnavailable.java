package dev.sluice.router.fleet.store;

/**
 * A store cannot do now what it was asked for. Of a write it is not known then whether it was done: who wants to know reads again.
 * The message is a sentence for operators.
 */
public final class StoreUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StoreUnavailable(String message) {
        super(message, null, false, false);
    }

    public StoreUnavailable(String message, Throwable cause) {
        super(message, cause, false, false);
    }
}
