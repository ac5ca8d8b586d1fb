package dev.sluice.scheduling;

/** What was asked of one method since its scheduler began, refused or not. Not thread-safe. */
final class Offered {

    private static final double BUDGET_WEIGHT = 1 / 64.0;

    private long queries;
    private long rows;
    private double budgetNanos;

    void add(Queued query, long now) {
        queries++;
        rows += Math.max(1, query.rows());
        double budget = Math.max(1, query.deadlineNanos() - now);
        budgetNanos += budgetNanos == 0 ? budget : BUDGET_WEIGHT * (budget - budgetNanos);
    }

    /** The usual time from arrival to deadline; 0 before the first query. */
    double budgetNanos() {
        return budgetNanos;
    }

    MethodLoad load(String method, int queuedQueries, long queuedRows, double nanosPerRow) {
        return new MethodLoad(method, queries, rows, queuedQueries, queuedRows, nanosPerRow, (long) budgetNanos);
    }
}
