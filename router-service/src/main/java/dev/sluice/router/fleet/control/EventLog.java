package dev.sluice.router.fleet.control;

import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/** The last things that happened to the fleet, and why. Thread-safe. */
public final class EventLog {

    /** So many are kept. */
    public static final int KEPT = 1_000;

    private final InstantSource clock;
    private final Deque<Event> events = new ArrayDeque<>();
    private final Sinks.Many<Long> newest = Sinks.many().replay().latestOrDefault(0L);
    private long next = 1;

    /** @param clock for people who read it */
    public EventLog(InstantSource clock) {
        this.clock = clock;
    }

    public synchronized void add(
            String kind, String actor, String version, String replica, String host, String reason) {
        events.addLast(new Event(next, clock.instant(), kind, actor, version, replica, host, reason));
        if (events.size() > KEPT) {
            events.removeFirst();
        }
        newest.emitNext(next, Sinks.EmitFailureHandler.FAIL_FAST);
        next++;
    }

    /** The oldest first. */
    public synchronized List<Event> all() {
        return new ArrayList<>(events);
    }

    /**
     * Those after one, the oldest first.
     *
     * @param number of the last that the reader has; of a larger one than there is, it was another log, and all are new
     */
    public synchronized List<Event> after(long number) {
        long from = number >= next ? 0 : number;
        return events.stream().filter(event -> event.number() > from).toList();
    }

    /** As {@link #after}, and then those that come, as they come. Who is so slow that they are not kept any more misses them. */
    public Flux<Event> follow(long number) {
        return Flux.defer(() -> {
            AtomicLong seen = new AtomicLong(number);
            return newest.asFlux()
                    .onBackpressureLatest()
                    .publishOn(Schedulers.parallel(), 1)
                    .concatMapIterable(any -> after(seen.get()))
                    .doOnNext(event -> seen.set(event.number()));
        });
    }
}
