package dev.sluice.scheduling;

import org.jspecify.annotations.Nullable;

/** The queries that wait for one method, in the scheduler's order. */
class MethodQueue {

    private final Backlog<?> owner;
    private final MethodPlan plan;
    private final QueryHeap order;
    private final Offered offered;
    private int rows;

    MethodQueue(Backlog<?> owner, MethodPlan plan, QueryHeap order, Offered offered) {
        this.owner = owner;
        this.plan = plan;
        this.order = order;
        this.offered = offered;
    }

    Backlog<?> owner() {
        return owner;
    }

    MethodPlan plan() {
        return plan;
    }

    /** What is asked of its method, in this queue and in others of the method. */
    Offered offered() {
        return offered;
    }

    int size() {
        return order.size();
    }

    /** The rows of all that wait. */
    int rows() {
        return rows;
    }

    @Nullable Queued head() {
        return order.peek();
    }

    boolean fillsABatch() {
        return rows >= plan.maxBatchSize();
    }

    void add(Queued query) {
        query.queue = this;
        query.countedRows = Math.max(1, query.rows());
        rows += query.countedRows;
        order.add(query);
    }

    void remove(Queued query) {
        order.remove(query);
        rows -= query.countedRows;
        query.queue = null;
    }
}
