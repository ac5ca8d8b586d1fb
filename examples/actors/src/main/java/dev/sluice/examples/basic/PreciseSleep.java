package dev.sluice.examples.basic;

import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Waits to the microsecond, without using a core: Thread.sleep would round to milliseconds.
 *
 * @param nanoTime the clock
 * @param park waits for at most so many nanoseconds, and may return early for no reason
 */
record PreciseSleep(LongSupplier nanoTime, LongConsumer park) {

    static final PreciseSleep SYSTEM = new PreciseSleep(System::nanoTime, LockSupport::parkNanos);

    void sleep(long nanos) throws InterruptedException {
        long start = nanoTime.getAsLong();
        for (long left = nanos; left > 0; left = nanos - (nanoTime.getAsLong() - start)) {
            park.accept(left);
            if (Thread.interrupted()) {
                throw new InterruptedException("the batch was given up");
            }
        }
    }
}
