package dev.sluice.sdk.host;

import dev.sluice.common.error.Failure;
import dev.sluice.sdk.actor.BatchSink;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Drops the results of an example, and waits until all are there. */
final class ExplorationSink implements BatchSink {

    private final String method;
    private final CountDownLatch open;
    private volatile @Nullable Failure failure;

    ExplorationSink(String method, int size) {
        this.method = method;
        this.open = new CountDownLatch(size);
    }

    /** @throws IllegalStateException where a query failed, or has not ended by then */
    void await(long nanos) throws InterruptedException {
        if (!open.await(nanos, TimeUnit.NANOSECONDS)) {
            throw new IllegalStateException("The example of the method '" + method + "' has not been answered after "
                    + TimeUnit.NANOSECONDS.toMillis(nanos) + " ms.");
        }
        Failure why = failure;
        if (why != null) {
            throw new IllegalStateException("The example of the method '" + method + "' failed: " + why.message());
        }
    }

    @Override
    public void result(int index, ByteBuf body, String mediaType) {
        body.release();
        open.countDown();
    }

    @Override
    public void item(int index, ByteBuf body, String mediaType) {
        body.release();
    }

    @Override
    public void complete(int index) {
        open.countDown();
    }

    @Override
    public void fail(int index, Failure why) {
        failure = why;
        open.countDown();
    }
}
