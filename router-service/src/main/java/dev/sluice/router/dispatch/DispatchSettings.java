package dev.sluice.router.dispatch;

import dev.sluice.scheduling.DeadlineSettings;
import dev.sluice.scheduling.QueueLimits;

/**
 * What the dispatching of every actor goes by.
 *
 * @param limits of the queue of one actor
 * @param deadline what the {@code deadline} scheduler goes by where an actor does not say otherwise
 * @param mostStarts how often an idempotent query may be started before the loss of its hosts is held against it
 * @param holdNanos how long queries wait for a replica when there is none at all
 * @param busyRetryNanos after what time a replica that was busy for another router is tried again unasked
 */
public record DispatchSettings(
        QueueLimits limits, DeadlineSettings deadline, int mostStarts, long holdNanos, long busyRetryNanos) {}
