package dev.sluice.router.fleet.control;

import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The last things that happened to the fleet, and why. Thread-safe. */
public final class EventLog {

    /** So many are kept. */
    public static final int KEPT = 1_000;

    private final InstantSource clock;
    private final Deque<Event> events = new ArrayDeque<>();
    private long next = 1;

    /** @param clock for people who read it */
    public EventLog(InstantSource clock) {
        this.clock = clock;
    }

    public synchronized void add(
            String kind, String actor, String version, String replica, String host, String reason) {
        events.addLast(new Event(next++, clock.instant(), kind, actor, version, replica, host, reason));
        if (events.size() > KEPT) {
            events.removeFirst();
        }
    }

    /** The oldest first. */
    public synchronized List<Event> all() {
        return new ArrayList<>(events);
    }
}
