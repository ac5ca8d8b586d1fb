package dev.sluice.frontend.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The last queries, in a ring. Who adds one takes a place and writes it, and waits for nobody; who reads may miss one that is being
 * written, and sees no place twice.
 */
final class LastQueries implements QueryLog {

    private final AtomicReferenceArray<EndedQuery> places;
    private final AtomicLong added = new AtomicLong();

    /** @param most how many are kept, at least one */
    LastQueries(int most) {
        this.places = new AtomicReferenceArray<>(most);
    }

    @Override
    public void ended(EndedQuery query) {
        places.setRelease((int) Math.floorMod(added.getAndIncrement(), (long) places.length()), query);
    }

    /** Newest first. */
    List<EndedQuery> newestFirst() {
        List<EndedQuery> all = new ArrayList<>();
        long newest = added.get() - 1;
        for (int i = 0; i < places.length(); i++) {
            EndedQuery query = places.getAcquire((int) Math.floorMod(newest - i, (long) places.length()));
            if (query != null) {
                all.add(query);
            }
        }
        return all;
    }
}
