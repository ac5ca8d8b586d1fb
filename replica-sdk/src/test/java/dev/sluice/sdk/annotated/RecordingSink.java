package dev.sluice.sdk.annotated;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.Failure;
import dev.sluice.sdk.actor.BatchSink;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.reactivestreams.Subscription;

/** Keeps what it is told, and finds fault with every query that does not end exactly once. */
class RecordingSink implements BatchSink {

    record Ended(String body, String mediaType, Failure failure) {
        ErrorCode code() {
            return failure == null ? null : failure.code();
        }

        String message() {
            return failure == null ? null : failure.message();
        }
    }

    private final List<Ended> ends = new ArrayList<>();
    private final List<List<String>> items = new ArrayList<>();
    private final List<Subscription> streams = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private final CountDownLatch open;
    private long requestAtOnce = Long.MAX_VALUE;

    RecordingSink(int size) {
        this.open = new CountDownLatch(size);
        for (int i = 0; i < size; i++) {
            ends.add(null);
            items.add(new ArrayList<>());
            streams.add(null);
        }
    }

    /** Asks streams for so many items when they begin, and leaves the rest to the test. */
    RecordingSink requesting(long atOnce) {
        requestAtOnce = atOnce;
        return this;
    }

    @Override
    public void streaming(int index, Subscription stream) {
        synchronized (this) {
            streams.set(index, stream);
        }
        if (requestAtOnce > 0) {
            stream.request(requestAtOnce);
        }
    }

    @Override
    public synchronized void item(int index, ByteBuf body, String mediaType) {
        if (ends.get(index) != null) {
            faults.add("item of " + index + " after its end");
        }
        items.get(index).add(body.toString(UTF_8));
        body.release();
        notifyAll();
    }

    @Override
    public void result(int index, ByteBuf body, String mediaType) {
        String text = body.toString(UTF_8);
        body.release();
        end(index, new Ended(text, mediaType, null));
    }

    @Override
    public void complete(int index) {
        end(index, new Ended("", "", null));
    }

    @Override
    public void fail(int index, Failure failure) {
        end(index, new Ended(null, null, failure));
    }

    private synchronized void end(int index, Ended end) {
        if (ends.set(index, end) != null) {
            faults.add(index + " ended twice");
        } else {
            open.countDown();
        }
    }

    synchronized boolean ended(int index) {
        return ends.get(index) != null;
    }

    synchronized List<String> items(int index) {
        return List.copyOf(items.get(index));
    }

    synchronized void awaitItems(int index, int count) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (items.get(index).size() < count) {
            assertThat(System.nanoTime() - deadline).as("items came in time").isNegative();
            wait(1_000);
        }
    }

    Subscription stream(int index) {
        return streams.get(index);
    }

    /** All ends, once there are all. */
    List<Ended> await() {
        try {
            assertThat(open.getCount() == 0 || open.await(60, TimeUnit.SECONDS))
                    .as("every query ended: %s", ends)
                    .isTrue();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
        synchronized (this) {
            assertThat(faults).isEmpty();
            return List.copyOf(ends);
        }
    }

    Ended only() {
        return await().get(0);
    }

    /** Bodies of results, and codes of failures. */
    List<String> outcomes() {
        return await().stream()
                .map(end -> end.failure() == null ? end.body() : end.code().name())
                .toList();
    }

    void assertNoFaults() {
        synchronized (this) {
            assertThat(faults).isEmpty();
        }
    }
}
