package dev.sluice.sdk.host;

import java.util.concurrent.atomic.AtomicInteger;
import org.reactivestreams.Subscription;

/**
 * How many items of one stream user code may have made that its caller has not taken, or the link not written where the caller does
 * not say what it takes: few, and fewer where they are large, so that a slow router or a slow caller fills no heap. Any thread.
 */
final class StreamWindow {

    static final int MOST_ITEMS = 32;
    static final int BYTES = 4 * 1024 * 1024;

    /** Before anything is known of their size. */
    static final int FIRST_ITEMS = 2;

    private final Subscription stream;
    private final boolean told;
    private final AtomicInteger asked = new AtomicInteger();
    private volatile int items = FIRST_ITEMS;
    private volatile int largest;

    /** @param told whether {@link #taken} is called */
    StreamWindow(Subscription stream, boolean told) {
        this.stream = stream;
        this.told = told;
    }

    /** Asks for as many items as there is room for. */
    void open() {
        int more = 0;
        for (int now = asked.get(); now < items; now = asked.get()) {
            if (asked.compareAndSet(now, now + 1)) {
                more++;
            }
        }
        if (more > 0) {
            stream.request(more);
        }
    }

    /** An item of this size came. */
    void came(int bytes) {
        largest = Math.max(largest, bytes);
        items = Math.max(1, Math.min(MOST_ITEMS, BYTES / Math.max(1, largest)));
        open();
    }

    /** An item was written, or dropped. */
    void written() {
        if (!told) {
            left(1);
        }
    }

    /** The caller has so many more items. */
    void taken(int count) {
        if (told) {
            left(count);
        }
    }

    private void left(int count) {
        // Never below zero, whatever the peer says.
        asked.updateAndGet(before -> Math.max(0, before - count));
        open();
    }

    void cancel() {
        stream.cancel();
    }
}
