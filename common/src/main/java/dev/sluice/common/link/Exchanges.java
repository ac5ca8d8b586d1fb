package dev.sluice.common.link;

import java.util.Iterator;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jctools.maps.NonBlockingHashMapLong;
import org.jspecify.annotations.Nullable;

/**
 * What is under way on one link, by the numbers used there. Whoever takes a value out owns it, and nobody else does.
 * Thread-safe, without locks.
 */
public final class Exchanges<V> {

    private final NonBlockingHashMapLong<V> values = new NonBlockingHashMapLong<>();
    private final AtomicLong lastNumber = new AtomicLong();

    /** A number that was never used here. */
    public long nextNumber() {
        return lastNumber.incrementAndGet();
    }

    public void put(long number, V value) {
        values.put(number, value);
    }

    /** False, and nothing changes, where the number is in use. */
    public boolean putIfAbsent(long number, V value) {
        return values.putIfAbsent(number, value) == null;
    }

    /** Looks without taking. */
    public @Nullable V find(long number) {
        return values.get(number);
    }

    public @Nullable V take(long number) {
        return values.remove(number);
    }

    /** Whether the value was there under this number, and is now its taker's. */
    public boolean take(long number, V value) {
        return values.remove(number, value);
    }

    /** Takes each value that is there when this is called; of those that are put meanwhile, some. */
    public void takeAll(Consumer<? super V> taker) {
        // Not keySetLong(): it stops after as many keys as there were, so each one put meanwhile hides an older one.
        Iterator<Long> numbers = values.keySet().iterator();
        while (numbers.hasNext()) {
            V value = values.remove(numbers.next().longValue());
            if (value != null) {
                taker.accept(value);
            }
        }
    }

    /** Those that are there now; what comes or goes meanwhile may be among them or not. */
    public Iterable<V> all() {
        return values.values();
    }

    public int size() {
        return values.size();
    }
}
