package dev.sluice.client;

import dev.sluice.client.transport.Transport;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What all parts of one client share. */
record Session(Transport transport, Attempts attempts, JsonCodec json, Defaults defaults) {

    /**
     * What calls have that say nothing else.
     *
     * @param readyWithin how long a frontend has to say that it serves
     */
    record Defaults(@Nullable Duration slo, @Nullable String tenant, RetryPolicy retry, Duration readyWithin) {}
}
