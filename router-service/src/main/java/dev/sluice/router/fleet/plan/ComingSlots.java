package dev.sluice.router.fleet.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Slots that an actor itself gives up: no others are needed for what waits for these. Each is for one only. Not thread-safe. */
final class ComingSlots {

    private final List<HostState> slots = new ArrayList<>();

    void add(List<Located> leaving) {
        leaving.forEach(at -> slots.add(at.host()));
    }

    boolean hasAny(Predicate<HostState> isOfUse) {
        return slots.stream().anyMatch(isOfUse);
    }

    /** Takes so many at most; how many that are. */
    int take(int most, Predicate<HostState> isOfUse) {
        int taken = 0;
        for (int i = slots.size() - 1; i >= 0 && taken < most; i--) {
            if (isOfUse.test(slots.get(i))) {
                slots.remove(i);
                taken++;
            }
        }
        return taken;
    }
}
