package dev.sluice.scheduling;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One queue per method and SLO class. A class begins with its first query. */
final class ClassBacklog extends Backlog<ClassQueue> {

    private record Method(
            MethodPlan plan,
            MethodProfile profile,
            Offered offered,
            @Nullable ClassQueue[] classes) {}

    private final Map<String, Method> byMethod = new LinkedHashMap<>();

    private final FairShares shares;

    /** @throws IllegalArgumentException if two plans have the same name */
    ClassBacklog(Collection<MethodPlan> methods, QueueLimits limits, LatencyProfile profile, FairShares shares) {
        super(limits);
        this.shares = shares;
        for (MethodPlan plan : methods) {
            Method method =
                    new Method(plan, profile.method(plan.name()), new Offered(), new ClassQueue[SloClass.COUNT]);
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
            queue = added(new ClassQueue(this, method.plan, sloClass, method.profile, method.offered));
            method.classes[sloClass] = queue;
            shares.join(queue.share());
        }
        return queue;
    }

    /** Drops the classes of which nothing waits and nothing has come for so long. */
    void forget(long idleNanos, long now) {
        boolean some = false;
        for (ClassQueue queue : queues()) {
            if (queue.size() == 0 && now - queue.lastArrivedAt() > idleNanos) {
                queue.share().left = true;
                some = true;
            }
        }
        if (some) {
            retain(queue -> !queue.share().left);
            byMethod.values().forEach(ClassBacklog::forgetLeft);
            shares.sweep();
        }
    }

    private static void forgetLeft(Method method) {
        for (int i = 0; i < method.classes.length; i++) {
            ClassQueue queue = method.classes[i];
            if (queue != null && queue.share().left) {
                method.classes[i] = null;
            }
        }
    }

    List<MethodLoad> loads(long now) {
        List<MethodLoad> loads = new ArrayList<>(byMethod.size());
        for (Method method : byMethod.values()) {
            int queued = 0;
            long rows = 0;
            double rate = 0;
            double cost = 0;
            for (ClassQueue queue : method.classes) {
                if (queue != null) {
                    double part = queue.lately.perNano(now);
                    queued += queue.size();
                    rows += queue.rows();
                    rate += part;
                    cost += part * queue.costNanos(queue.target);
                }
            }
            int most = method.plan.maxBatchSize();
            double perRow = rate > 0 ? cost / rate : method.profile.ordinary().typical(most) / most;
            loads.add(method.offered.load(method.plan.name(), queued, rows, perRow));
        }
        return loads;
    }

    @Override
    boolean serves(String method) {
        return byMethod.containsKey(method);
    }
}
