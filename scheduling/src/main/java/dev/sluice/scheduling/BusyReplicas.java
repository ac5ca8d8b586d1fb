package dev.sluice.scheduling;

import java.util.Arrays;

/** The replicas that cannot take a batch now, in the order in which they are likely to be able to. Not thread-safe. */
final class BusyReplicas {

    private TrackedReplica[] byEnd = new TrackedReplica[8];
    private int count;

    int count() {
        return count;
    }

    TrackedReplica get(int place) {
        return byEnd[place];
    }

    void add(TrackedReplica replica) {
        if (count == byEnd.length) {
            byEnd = Arrays.copyOf(byEnd, 2 * count);
        }
        int at = count++;
        while (at > 0 && NanoTime.before(replica.endsAt, byEnd[at - 1].endsAt)) {
            byEnd[at] = byEnd[at - 1];
            at--;
        }
        byEnd[at] = replica;
    }

    void remove(TrackedReplica replica) {
        for (int i = 0; i < count; i++) {
            if (byEnd[i] == replica) {
                System.arraycopy(byEnd, i + 1, byEnd, i, --count - i);
                return;
            }
        }
    }

    /**
     * When so many of them, and one more, are likely to have ended. One that is overdue is expected to need as long again
     * as it is overdue by now.
     *
     * @param place less than the {@link #count}
     */
    long freeAt(int place, long now) {
        if (!NanoTime.reached(byEnd[0].endsAt, now)) {
            return byEnd[place].endsAt;
        }
        int overdue = 0;
        while (overdue < count && NanoTime.reached(byEnd[overdue].endsAt, now)) {
            overdue++;
        }
        // The most overdue comes last of the overdue; both orders are merged.
        int late = overdue - 1;
        int next = overdue;
        long at = now;
        for (int i = 0; i <= place; i++) {
            long overdueEnd = late >= 0 ? now + (now - byEnd[late].endsAt) : 0;
            if (late >= 0 && (next >= count || overdueEnd - byEnd[next].endsAt <= 0)) {
                at = overdueEnd;
                late--;
            } else {
                at = byEnd[next++].endsAt;
            }
        }
        return at;
    }
}
