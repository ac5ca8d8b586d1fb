package dev.sluice.scheduling;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How long the batches of one version of an actor take, by method and size, learnt from those that ended. Not thread-safe. */
public final class LatencyProfile {

    private final Map<String, MethodTimes> byMethod = new HashMap<>();

    MethodTimes of(String method) {
        MethodTimes times = byMethod.get(method);
        if (times == null) {
            times = new MethodTimes();
            byMethod.put(method, times);
        }
        return times;
    }

    /**
     * The time that a batch of this size usually takes on an ordinary replica, in nanoseconds; 0 while nothing is known.
     * Never decreases with the size.
     */
    public long typicalNanos(String method, int size) {
        MethodTimes times = byMethod.get(method);
        return times == null ? 0 : (long) times.typical(size);
    }

    /** The time that 99 in 100 batches of this size do not exceed; 0 while nothing is known. Never decreases with the size. */
    public long safeNanos(String method, int size) {
        MethodTimes times = byMethod.get(method);
        return times == null ? 0 : (long) times.safe(size);
    }

    /**
     * What was learnt of a method; null while nothing was.
     *
     * @param alphaNanos what one more query in a batch costs
     * @param betaNanos what a batch costs, however small
     * @param largestSeen the largest batch that was measured
     * @param batches how many were measured
     */
    public record Fit(double alphaNanos, double betaNanos, int largestSeen, long batches) {}

    public @Nullable Fit fit(String method) {
        MethodTimes times = byMethod.get(method);
        return times == null || !times.known()
                ? null
                : new Fit(times.alphaNanos(), times.betaNanos(), times.largestSeen(), times.batches());
    }
}
