package dev.sluice.frontend.zmq;

import dev.sluice.common.concurrent.RetainedBytes;
import java.util.concurrent.atomic.AtomicLong;

/** Bytes that are counted until somebody gives them back or takes them over, whoever is first. */
final class Charge {

    private final RetainedBytes retained;
    private final AtomicLong bytes;

    Charge(RetainedBytes retained, long bytes) {
        this.retained = retained;
        this.bytes = new AtomicLong(bytes);
    }

    /** How many bytes the caller gives back from now on. */
    long takeOver() {
        return bytes.getAndSet(0);
    }

    void give() {
        retained.give(bytes.getAndSet(0));
    }
}
