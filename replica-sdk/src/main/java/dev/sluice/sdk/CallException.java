package dev.sluice.sdk;

import dev.sluice.common.error.Failure;
import dev.sluice.common.error.QueryException;

/**
 * A call of another actor has no result. Where an actor lets it pass, its own query ends with the same code: who asked hears whether it
 * may be asked again.
 */
public final class CallException extends QueryException {

    private static final long serialVersionUID = 1L;

    public CallException(Failure failure) {
        super(failure);
    }
}
