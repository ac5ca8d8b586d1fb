package dev.sluice.frontend.grpc;

import dev.sluice.common.concurrent.RetainedBytes;
import dev.sluice.frontend.query.Gateway;
import dev.sluice.frontend.rpc.ArrivingBytes;
import org.jspecify.annotations.Nullable;

/** What a request is counted for, from where its call counted it as it came until the gateway takes it over. */
final class Charge {

    private final RetainedBytes retained;
    private long bytes;

    /** @param arriving of the request's call, whose next message it is; null where nothing counted it yet */
    Charge(RetainedBytes retained, @Nullable ArrivingBytes arriving) {
        this.retained = retained;
        this.bytes = arriving == null ? 0 : arriving.handOver();
    }

    /** @throws dev.sluice.common.error.QueryException {@code OVERLOADED} where there is no room for so many */
    void raise(long wanted) {
        if (!retained.change(bytes, wanted)) {
            throw Gateway.FULL.toException();
        }
        bytes = wanted;
    }

    /** They are counted on, and no longer here. */
    long handOver() {
        long handed = bytes;
        bytes = 0;
        return handed;
    }

    void give() {
        retained.give(handOver());
    }
}
