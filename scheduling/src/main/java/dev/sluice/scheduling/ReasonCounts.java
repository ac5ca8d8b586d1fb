package dev.sluice.scheduling;

import java.util.EnumMap;
import java.util.Map;

/** How many queries were turned away for each cause. Not thread-safe. */
final class ReasonCounts {

    private static final Reason[] REASONS = Reason.values();

    private final long[] counts = new long[REASONS.length];

    void add(Reason why) {
        counts[why.ordinal()]++;
    }

    /** Those that occurred. */
    Map<Reason, Long> view() {
        Map<Reason, Long> view = new EnumMap<>(Reason.class);
        for (Reason why : REASONS) {
            if (counts[why.ordinal()] > 0) {
                view.put(why, counts[why.ordinal()]);
            }
        }
        return view;
    }
}
