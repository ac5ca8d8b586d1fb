/**
 * The scheduling core: which queries of one actor run together, in what order, and which are refused.
 *
 * <p>The core is plain Java and passive. It is told of arrivals ({@link dev.sluice.scheduling.Scheduler#offer offer}),
 * of queries that came back unstarted ({@link dev.sluice.scheduling.Scheduler#offerAgain offerAgain}), of callers that
 * went away ({@link dev.sluice.scheduling.Scheduler#remove remove}) and of the time. It answers with
 * {@linkplain dev.sluice.scheduling.Decision decisions}, which are data; whoever owns the scheduler carries them out:
 *
 * <pre>{@code
 * Decision decision = scheduler.poll(now, free);
 * while (true) {
 *     if (decision instanceof Decision.Dispatch dispatch) {
 *         send(dispatch.batch());
 *         free--;
 *     } else if (decision instanceof Decision.Shed shed) {
 *         refuse(shed.query(), shed.why());
 *     } else if (decision instanceof Decision.WakeAt wake) {
 *         pollAgainAt(wake.nanos());
 *         return;
 *     } else {
 *         return; // idle: the next arrival wakes us
 *     }
 *     decision = scheduler.poll(now, free);
 * }
 * }</pre>
 *
 * <p><b>Time</b> is passed in and never read: nanoseconds of one monotonic clock with an arbitrary origin, as
 * {@link java.lang.System#nanoTime} counts them. Points in time are compared by difference, so the clock may wrap.
 * Whether the clock is a router's or a simulator's, the core runs the same.
 *
 * <p><b>Threads</b>: none of these classes is thread-safe. There is one scheduler per version of an actor, and one
 * writer per scheduler.
 *
 * <p><b>Cost</b>: one object per query (the caller's own, which extends {@link dev.sluice.scheduling.Queued}), one per
 * batch with its array, one per decision, and nothing else once the queues have grown to their working size. Arrivals,
 * removals and each query of a batch cost O(log n) of what is queued; looking for the next method costs O(methods).
 *
 * <p><b>The ledger</b>: a query that was accepted leaves exactly once. It is dispatched, shed or removed.
 */
@NullMarked
package dev.sluice.scheduling;

import org.jspecify.annotations.NullMarked;
