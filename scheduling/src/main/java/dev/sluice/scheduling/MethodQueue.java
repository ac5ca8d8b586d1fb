package dev.sluice.scheduling;

import org.jspecify.annotations.Nullable;

/** The queries that wait for one method, in the scheduler's order. */
class MethodQueue {

    private final Backlog<?> owner;
    private final MethodPlan plan;
    private final QueryHeap order;

    MethodQueue(Backlog<?> owner, MethodPlan plan, QueryHeap order) {
        this.owner = owner;
        this.plan = plan;
        this.order = order;
    }

    Backlog<?> owner() {
        return owner;
    }

    MethodPlan plan() {
        return plan;
    }

    int size() {
        return order.size();
    }

    @Nullable Queued head() {
        return order.peek();
    }

    boolean fillsABatch() {
        return order.size() >= plan.maxBatchSize();
    }

    void add(Queued query) {
        query.queue = this;
        order.add(query);
    }

    void remove(Queued query) {
        order.remove(query);
        query.queue = null;
    }
}
