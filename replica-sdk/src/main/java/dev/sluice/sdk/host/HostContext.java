package dev.sluice.sdk.host;

import dev.sluice.common.trace.Spans;
import io.netty.util.concurrent.EventExecutor;

/**
 * What all replicas of a host share.
 *
 * @param loop the host's event loop, which owns their state
 * @param metrics what is measured of their batches
 * @param stuckNanos after what time a batch is taken for stuck
 * @param changed told when something that is announced has changed
 * @param lent what batches hold that wait for others
 * @param spans what is recorded of their queries
 */
record HostContext(
        EventExecutor loop, HostMetrics metrics, long stuckNanos, Runnable changed, LentBytes lent, Spans spans) {

    HostContext(EventExecutor loop, HostMetrics metrics, long stuckNanos, Runnable changed) {
        this(loop, metrics, stuckNanos, changed, Spans.NONE);
    }

    HostContext(EventExecutor loop, HostMetrics metrics, long stuckNanos, Runnable changed, Spans spans) {
        this(loop, metrics, stuckNanos, changed, new LentBytes(), spans);
    }
}
