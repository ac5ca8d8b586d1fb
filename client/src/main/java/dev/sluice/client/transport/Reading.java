package dev.sluice.client.transport;

import dev.sluice.client.error.ErrorCode;
import dev.sluice.client.error.SluiceException;
import java.util.function.Function;

/** The one place where answers that cannot be read become failures: those are the answer's own, and no connection broke. */
public final class Reading {

    private Reading() {}

    /** @param reader may throw whatever it likes */
    public static <A, B> Function<A, B> of(Function<A, B> reader) {
        return answer -> {
            try {
                return reader.apply(answer);
            } catch (SluiceException e) {
                throw e;
            } catch (RuntimeException e) {
                throw new SluiceException(
                        ErrorCode.FAILED,
                        "The answer is not that of a frontend of Sluice; see what listens at this address, and that it is as"
                                + " new as this client: " + e.getMessage(),
                        null,
                        e);
            }
        };
    }
}
