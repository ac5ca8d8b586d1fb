package dev.sluice.common.concurrent;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Since when nobody has needed something, as seen by whoever looks once in a while: what comes back soon need not be forgotten in
 * between. Thread-safe; of one thing, who forgets it and who needs it again are to take turns.
 */
public final class Absences<K> {

    private final long patienceNanos;
    private final LongSupplier clock;
    private final Map<K, Long> since = new ConcurrentHashMap<>();

    /**
     * @param patience how long something is kept that nobody needs
     * @param clock monotonic, in nanoseconds
     */
    public Absences(Duration patience, LongSupplier clock) {
        this.patienceNanos = patience.toNanos();
        this.clock = clock;
    }

    /**
     * @param all that there is
     * @return those of it that nobody has needed for so long
     */
    public List<K> look(Collection<K> all, Predicate<K> isNeeded) {
        long now = clock.getAsLong();
        since.keySet().retainAll(new HashSet<>(all));
        for (K each : all) {
            if (isNeeded.test(each)) {
                since.remove(each);
            } else {
                since.putIfAbsent(each, now);
            }
        }
        return all.stream().filter(this::isOver).toList();
    }

    /** It is needed now, whatever the last look has seen. */
    public void needed(K key) {
        since.remove(key);
    }

    /** Whether nobody has needed it for so long. */
    public boolean isOver(K key) {
        Long from = since.get(key);
        return from != null && clock.getAsLong() - from >= patienceNanos;
    }
}
