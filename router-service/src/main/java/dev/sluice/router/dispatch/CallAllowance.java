package dev.sluice.router.dispatch;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How often pipelines within a pipeline may still ask actors for one query. How often the pipeline itself does, one sees in its
 * definition; but a few calls at each of many levels are more than anyone wanted. Thread-safe.
 */
final class CallAllowance {

    static final int MOST_CALLS = 20_000;

    private final AtomicInteger left = new AtomicInteger(MOST_CALLS);

    boolean take() {
        return left.getAndUpdate(before -> Math.max(0, before - 1)) > 0;
    }
}
