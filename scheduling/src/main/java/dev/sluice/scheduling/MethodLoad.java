package dev.sluice.scheduling;

/**
 * What is asked of one method, for who decides how many replicas there are to be. Cheap: a few additions for each SLO class.
 *
 * @param method of the actor
 * @param offeredQueries all queries that were {@linkplain Scheduler#offer offered} since the scheduler began, whatever became
 *     of them: what is refused is asked for all the same. Never falls; a scheduler that replaces another begins at 0
 * @param offeredRows the rows of those
 * @param queuedQueries the queries that wait
 * @param queuedRows the rows of those
 * @param nanosPerRow what a row costs of an ordinary replica's time in batches of the best size that fits the SLO, over the
 *     SLO classes as they are mixed lately; 0 while nothing is known of the method's batch times
 * @param sloNanos the usual time from arrival to deadline; 0 before the first query
 */
public record MethodLoad(
        String method,
        long offeredQueries,
        long offeredRows,
        int queuedQueries,
        long queuedRows,
        double nanosPerRow,
        long sloNanos) {}
