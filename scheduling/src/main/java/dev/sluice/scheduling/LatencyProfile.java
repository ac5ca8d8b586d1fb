package dev.sluice.scheduling;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How long the batches of one version of an actor take, by method, kind of host and size, learnt from those that ended.
 * A size counts rows. Not thread-safe.
 */
public final class LatencyProfile {

    private final Map<String, MethodProfile> byMethod = new TreeMap<>();
    private String leading = "";

    MethodProfile method(String method) {
        MethodProfile profile = byMethod.get(method);
        if (profile == null) {
            profile = new MethodProfile(leading);
            byMethod.put(method, profile);
        }
        return profile;
    }

    /** On an ordinary replica. */
    MethodTimes of(String method) {
        return method(method).ordinary();
    }

    void lead(String kind) {
        if (!kind.equals(leading)) {
            leading = kind;
            byMethod.values().forEach(profile -> profile.lead(kind));
        }
    }

    /** How many times longer batches take on such hosts than on ordinary ones, over all methods known of both; 1 if none is. */
    double pace(HostKind kind) {
        double own = 0;
        double ordinary = 0;
        for (MethodProfile profile : byMethod.values()) {
            MethodTimes here = profile.own(kind);
            MethodTimes there = profile.ordinary();
            if (here.known() && there.known()) {
                int size = Math.min(here.largestSeen(), there.largestSeen());
                own += here.typical(size);
                ordinary += there.typical(size);
            }
        }
        return own > 0 && ordinary > 0 ? own / ordinary : 1;
    }

    /**
     * The sizes to run before there is traffic, on each new replica, so that the first queries are judged by what is known:
     * 1, 2, 4, ... and the largest. What they took is told to {@link Fleet#explored}.
     *
     * @param maxBatchSize at least 1
     */
    public static List<Integer> sizesToExplore(int maxBatchSize) {
        if (maxBatchSize < 1) {
            throw new IllegalArgumentException("A batch holds at least one row, not " + maxBatchSize);
        }
        List<Integer> sizes = new ArrayList<>();
        for (long size = 1; size < maxBatchSize; size *= 2) {
            sizes.add((int) size);
        }
        sizes.add(maxBatchSize);
        return sizes;
    }

    /**
     * The time that a batch of this size usually takes on an ordinary replica, in nanoseconds; 0 while nothing is known.
     * Never decreases with the size.
     */
    public long typicalNanos(String method, int size) {
        MethodProfile profile = byMethod.get(method);
        return profile == null ? 0 : (long) profile.ordinary().typical(size);
    }

    /** The time that 99 in 100 batches of this size do not exceed; 0 while nothing is known. Never decreases with the size. */
    public long safeNanos(String method, int size) {
        MethodProfile profile = byMethod.get(method);
        return profile == null ? 0 : (long) profile.ordinary().safe(size);
    }

    /**
     * What was learnt of a method; null while nothing was.
     *
     * @param alphaNanos what one more row in a batch costs
     * @param betaNanos what a batch costs, however small
     * @param largestSeen the largest batch that was measured
     * @param batches how many were measured
     */
    public record Fit(double alphaNanos, double betaNanos, int largestSeen, long batches) {}

    public @Nullable Fit fit(String method) {
        MethodProfile profile = byMethod.get(method);
        return profile == null ? null : fit(profile.ordinary());
    }

    private static @Nullable Fit fit(MethodTimes times) {
        return times.known()
                ? new Fit(times.alphaNanos(), times.betaNanos(), times.largestSeen(), times.batches())
                : null;
    }

    List<SchedulerView.ProfileView> views() {
        List<SchedulerView.ProfileView> views = new ArrayList<>();
        byMethod.forEach((method, profile) -> profile.byKind().forEach((kind, times) -> {
            Fit fit = fit(times);
            if (fit != null) {
                views.add(new SchedulerView.ProfileView(method, kind, fit, times.sizeViews()));
            }
        }));
        return views;
    }
}
