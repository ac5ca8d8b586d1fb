package dev.sluice.scheduling;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One queue per method. */
final class MethodBacklog extends Backlog<MethodQueue> {

    private final Map<String, MethodQueue> byMethod = new HashMap<>();

    /**
     * @param order makes the heap that keeps one method's queries in order
     * @throws IllegalArgumentException if two plans have the same name
     */
    MethodBacklog(Collection<MethodPlan> methods, QueueLimits limits, Supplier<? extends QueryHeap> order) {
        super(limits);
        for (MethodPlan plan : methods) {
            if (byMethod.put(plan.name(), added(new MethodQueue(this, plan, order.get(), new Offered()))) != null) {
                throw new IllegalArgumentException("Method '" + plan.name() + "' is planned twice");
            }
        }
    }

    @Override
    @Nullable MethodQueue find(Queued query) {
        return byMethod.get(query.method());
    }

    @Override
    boolean serves(String method) {
        return byMethod.containsKey(method);
    }
}
