package dev.sluice.sdk.host;

import java.util.concurrent.atomic.AtomicInteger;
import org.reactivestreams.Subscription;

/**
 * How many items of one stream user code may have made that the link has not written yet: few, and fewer where they are large,
 * so that a slow router or a slow caller fills no heap. Any thread.
 */
final class StreamWindow {

    static final int MOST_ITEMS = 32;
    static final int BYTES = 4 * 1024 * 1024;

    /** Before anything is known of their size. */
    static final int FIRST_ITEMS = 2;

    private final Subscription stream;
    private final AtomicInteger asked = new AtomicInteger();
    private volatile int items = FIRST_ITEMS;
    private volatile int largest;

    StreamWindow(Subscription stream) {
        this.stream = stream;
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
    void left() {
        asked.decrementAndGet();
        open();
    }

    void cancel() {
        stream.cancel();
    }
}
