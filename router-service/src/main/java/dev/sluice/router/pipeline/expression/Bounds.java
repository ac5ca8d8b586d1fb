package dev.sluice.router.pipeline.expression;

import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Parser.Symbol;
import com.dashjoin.jsonata.Utils.RangeList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one evaluation may take. The library tells of each part of an expression that begins or ends; what it does within one of its
 * functions is bounded by {@link BoundedFunction}. The library's own bounds are not used: they count every part of an array or an
 * object within a function as one level more, for good.
 *
 * <p>Not thread-safe: of one evaluation.
 */
final class Bounds implements Jsonata.EntryCallback, Jsonata.ExitCallback {

    /** What a range may have: each item becomes a value of its own as soon as anything is done with it. */
    static final int MOST_IN_RANGE = 1_000_000;

    /** Items and characters that any value may have: more than the largest payload. */
    static final int MOST_ITEMS = 10_000_000;

    static final int MOST_CHARACTERS = 64 << 20;

    private final long workedBefore;
    private final long mostNanos;
    private final int mostDepth;
    private long lookAgainNanos;
    private int depth;

    /** @param mostNanos that it may work: a thread that waits for a processor is not at work */
    Bounds(long mostNanos, int mostDepth) {
        this.workedBefore = WorkTime.ofThisThread();
        this.mostNanos = mostNanos;
        this.lookAgainNanos = System.nanoTime() + mostNanos;
        this.mostDepth = mostDepth;
    }

    @Override
    public void callback(Symbol part, Object input, Jsonata.Frame environment) {
        if (++depth > mostDepth) {
            throw new Exceeded("It nests more than " + mostDepth + " deep.");
        }
        inTime();
    }

    @Override
    public void callback(Symbol part, Object input, Jsonata.Frame environment, @Nullable Object result) {
        if (result instanceof RangeList range && range.size() > MOST_IN_RANGE) {
            throw new Exceeded(
                    "It has a range of " + range.size() + " numbers, and one may have " + MOST_IN_RANGE + ".");
        }
        items(result instanceof List<?> list ? list.size() : 0);
        characters(result instanceof CharSequence text ? text.length() : 0);
        if (--depth == 0) {
            // The library and all that read the value go through the whole of it.
            new Extent(this).count(result);
        }
    }

    void inTime() {
        long now = System.nanoTime();
        if (now - lookAgainNanos <= 0) {
            return;
        }
        // Reading this costs a system call; it never goes faster than the other clock, so that there is no need to
        // before.
        long left = mostNanos - (WorkTime.ofThisThread() - workedBefore);
        if (left <= 0) {
            throw new Exceeded("It took longer than " + mostNanos / 1_000_000 + " ms.");
        }
        lookAgainNanos = now + left;
    }

    void items(long count) {
        if (count > MOST_ITEMS) {
            throw new Exceeded("It makes a value of more than " + MOST_ITEMS + " items.");
        }
    }

    void characters(long count) {
        if (count > MOST_CHARACTERS) {
            throw new Exceeded("It makes a text of more than " + MOST_CHARACTERS + " characters.");
        }
    }
}
