package dev.sluice.scheduling;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One queue per method and SLO class. A class begins with its first query. */
final class ClassBacklog extends Backlog<ClassQueue> {

    private record Method(
            MethodPlan plan,
            MethodProfile profile,
            @Nullable ClassQueue[] classes) {}

    private final Map<String, Method> byMethod = new HashMap<>();

    private final FairShares shares;

    /** @throws IllegalArgumentException if two plans have the same name */
    ClassBacklog(Collection<MethodPlan> methods, QueueLimits limits, LatencyProfile profile, FairShares shares) {
        super(limits);
        this.shares = shares;
        for (MethodPlan plan : methods) {
            Method method = new Method(plan, profile.method(plan.name()), new ClassQueue[SloClass.COUNT]);
            if (byMethod.put(plan.name(), method) != null) {
                throw new IllegalArgumentException("Method '" + plan.name() + "' is planned twice");
            }
        }
    }

    @Override
    @Nullable ClassQueue find(Queued query) {
        Method method = byMethod.get(query.method());
        if (method == null) {
            return null;
        }
        int sloClass = SloClass.of(query.deadlineNanos() - query.arrivedNanos());
        ClassQueue queue = method.classes[sloClass];
        if (queue == null) {
            queue = added(new ClassQueue(this, method.plan, sloClass, method.profile));
            method.classes[sloClass] = queue;
            shares.join(queue.share());
        }
        return queue;
    }

    @Override
    boolean serves(String method) {
        return byMethod.containsKey(method);
    }
}
