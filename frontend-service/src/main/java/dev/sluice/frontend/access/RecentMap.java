package dev.sluice.frontend.access;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What was asked for of late, and never more than so much. Entries are of two generations: those of the elder that are asked for move to
 * the younger, and the rest of the elder goes at once when the younger has had its time, or is full. So nothing is swept, and each call
 * costs a few look-ups however many entries there are. Thread-safe, never blocks.
 */
public final class RecentMap<K, V> {

    private final long spanNanos;
    private final int mostOfOne;
    private volatile Generations<K, V> generations;

    private static final class Generations<K, V> {

        final Map<K, V> younger = new ConcurrentHashMap<>();
        final Map<K, V> elder;
        final long sinceNanos;

        Generations(Map<K, V> elder, long sinceNanos) {
            this.elder = elder;
            this.sinceNanos = sinceNanos;
        }

        Generations<K, V> next(long at) {
            return new Generations<>(younger, at);
        }
    }

    /**
     * @param spanNanos what nobody has asked for in this time may go, and is gone after twice as long once there is any other call
     * @param mostOfOne entries of each generation
     * @param at any time before the first call
     */
    public RecentMap(long spanNanos, int mostOfOne, long at) {
        this.spanNanos = spanNanos;
        this.mostOfOne = mostOfOne;
        this.generations = new Generations<>(new ConcurrentHashMap<>(), at);
    }

    /** @param at in nanoseconds, of the same clock at each call */
    public @Nullable V get(K key, long at) {
        Generations<K, V> both = current(at);
        V value = both.younger.get(key);
        if (value != null) {
            return value;
        }
        V old = both.elder.get(key);
        if (old == null) {
            // It may just have moved.
            return both.younger.get(key);
        }
        V there = inserted(key, old, at);
        both.elder.remove(key, old);
        return there;
    }

    /** Puts it in its place, whatever was there. */
    public void put(K key, V value, long at) {
        remove(key);
        withRoom(at).put(key, value);
    }

    /** What is there by then: this value, or another that somebody has put meanwhile. */
    public V putIfAbsent(K key, V value, long at) {
        V there = get(key, at);
        return there != null ? there : inserted(key, value, at);
    }

    public void remove(K key) {
        Generations<K, V> both = generations;
        both.younger.remove(key);
        both.elder.remove(key);
    }

    /** Entries, those included that nobody has asked for in the time. */
    public int size() {
        Generations<K, V> both = generations;
        return both.younger.size() + both.elder.size();
    }

    private V inserted(K key, V value, long at) {
        V there = withRoom(at).putIfAbsent(key, value);
        return there != null ? there : value;
    }

    private Map<K, V> withRoom(long at) {
        Generations<K, V> both = current(at);
        if (both.younger.size() < mostOfOne) {
            return both.younger;
        }
        return turned(both, both.next(at)).younger;
    }

    private Generations<K, V> current(long at) {
        Generations<K, V> both = generations;
        long age = at - both.sinceNanos;
        if (age < spanNanos) {
            return both;
        }
        Generations<K, V> next = both.next(at);
        // Nobody has called since the time of the younger was over: it has had its time as the elder too.
        boolean bothAreOver = age - spanNanos >= spanNanos;
        return turned(both, bothAreOver ? next.next(at) : next);
    }

    /** Unless another thread was first. Nobody waits here for more than this. */
    private synchronized Generations<K, V> turned(Generations<K, V> from, Generations<K, V> to) {
        if (generations == from) {
            generations = to;
        }
        return generations;
    }
}
