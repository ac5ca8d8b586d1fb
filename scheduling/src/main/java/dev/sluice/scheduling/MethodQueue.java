package dev.sluice.scheduling;

import org.jspecify.annotations.Nullable;

/** The queries that wait for one method, in the scheduler's order. */
final class MethodQueue {

    private final MethodPlan plan;
    private final QueryHeap order;

    MethodQueue(MethodPlan plan, QueryHeap order) {
        this.plan = plan;
        this.order = order;
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
