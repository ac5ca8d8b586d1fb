package dev.sluice.frontend.explain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The slowest queries of each of the last minutes. A query that is not among them costs one comparison; one that is takes the place of
 * the least slow, without a lock.
 */
final class SlowestQueries implements QueryLog {

    static final long MINUTE_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final int mostPerMinute;
    private final AtomicReference<Minute> current;

    /** Before the current one, the latest first. Replaced as a whole, by who begins a minute. */
    private volatile List<Minute> before = List.of();

    private final int minutes;

    /**
     * @param mostPerMinute how many of each are kept
     * @param minutes how many are kept, the current one included
     * @param now on the clock by which queries end
     */
    SlowestQueries(int mostPerMinute, int minutes, long now) {
        this.mostPerMinute = mostPerMinute;
        this.minutes = minutes;
        this.current = new AtomicReference<>(new Minute(now, mostPerMinute));
    }

    @Override
    public void ended(EndedQuery query) {
        Minute minute = current();
        if (query.endedNanos() - minute.sinceNanos >= MINUTE_NANOS) {
            minute = next(minute, query.endedNanos());
        }
        minute.offer(query);
    }

    private Minute current() {
        return Objects.requireNonNull(current.get());
    }

    private Minute next(Minute over, long now) {
        Minute next = new Minute(now, mostPerMinute);
        if (!current.compareAndSet(over, next)) {
            return current();
        }
        List<Minute> kept = new ArrayList<>(before);
        kept.add(0, over);
        before = List.copyOf(kept.subList(0, Math.min(kept.size(), minutes - 1)));
        return next;
    }

    /** Those of the last minutes, the slowest first. */
    List<EndedQuery> slowestFirst(long now) {
        List<EndedQuery> all = new ArrayList<>();
        long oldest = minutes * MINUTE_NANOS;
        current().addTo(all, now, oldest);
        before.forEach(minute -> minute.addTo(all, now, oldest));
        all.sort(Comparator.comparingLong(EndedQuery::totalNanos).reversed());
        return all;
    }

    /** The slowest of one minute. Places are filled one after the other, and then only with what is slower. */
    private static final class Minute {

        private final long sinceNanos;
        private final AtomicReferenceArray<@Nullable EndedQuery> places;

        /** What is not slower has no place; below zero while there are free ones. */
        private volatile long leastNanos = -1;

        Minute(long sinceNanos, int most) {
            this.sinceNanos = sinceNanos;
            this.places = new AtomicReferenceArray<>(most);
        }

        void offer(EndedQuery query) {
            while (query.totalNanos() > leastNanos) {
                int place = 0;
                EndedQuery least = places.get(0);
                for (int i = 1; i < places.length() && least != null; i++) {
                    EndedQuery there = places.get(i);
                    if (there == null || there.totalNanos() < least.totalNanos()) {
                        least = there;
                        place = i;
                    }
                }
                if (least != null) {
                    // All were taken when they were looked at, and what is in a place gives way to slower ones only.
                    leastNanos = least.totalNanos();
                }
                if (least != null && least.totalNanos() >= query.totalNanos()
                        || places.compareAndSet(place, least, query)) {
                    return;
                }
            }
        }

        void addTo(List<EndedQuery> all, long now, long oldestNanos) {
            for (int i = 0; i < places.length(); i++) {
                EndedQuery query = places.get(i);
                if (query != null && now - query.endedNanos() < oldestNanos) {
                    all.add(query);
                }
            }
        }
    }
}
