package dev.sluice.scheduling.scaling;

import dev.sluice.scheduling.MethodLoad;
import java.util.HashMap;
import java.util.Map;

/**
 * What came in the last minute, tick by tick, as work: seconds of an ordinary replica's time. Rows are kept for each method and
 * priced anew every time, so that what is learnt of a method holds for what came before. Ticks go by their age: the newest has
 * the age 0. Not thread-safe.
 */
final class ArrivalHistory {

    static final int CAPACITY = 512;

    static final double SPAN_SECONDS = 60;

    /** Shorter ticks are put together: the capacity has to reach for the whole span. */
    private static final double LEAST_TICK_SECONDS = 0.125;

    private final Map<String, Series> methods = new HashMap<>();
    private final double[] seconds = new double[CAPACITY];
    private final double[] work = new double[CAPACITY];
    private final double[] queries = new double[CAPACITY];
    private int newest = -1;
    private int size;
    private boolean begun;
    private long at;

    /**
     * Takes in what came since the last tick. A clock that stands still, or went back, adds no time.
     *
     * @return how many queries came
     */
    double tick(Iterable<MethodLoad> loads, long now) {
        open(begun ? Math.max(0, now - at) / 1e9 : 0);
        methods.values().forEach(series -> series.seen = false);
        double came = 0;
        for (MethodLoad load : loads) {
            Series series = methods.get(load.method());
            if (series == null) {
                series = begun ? new Series() : new Series(load);
                methods.put(load.method(), series);
            }
            came += series.advance(load, newest);
            series.seen = true;
        }
        methods.values().removeIf(series -> !series.seen);
        price();
        begun = true;
        at = now;
        return came;
    }

    private void open(double elapsed) {
        if (size > 0 && seconds[newest] < LEAST_TICK_SECONDS) {
            seconds[newest] += elapsed;
            return;
        }
        newest = (newest + 1) % CAPACITY;
        seconds[newest] = elapsed;
        methods.values().forEach(series -> series.clear(newest));
        size = Math.min(CAPACITY, size + 1);
        double span = 0;
        for (int age = 0; age < size; age++) {
            span += seconds(age);
            size = span >= SPAN_SECONDS ? age + 1 : size;
        }
    }

    private void price() {
        for (int age = 0; age < size; age++) {
            int slot = slot(age);
            work[slot] = 0;
            queries[slot] = 0;
            for (Series series : methods.values()) {
                work[slot] += series.work(slot);
                queries[slot] += series.queries(slot);
            }
        }
    }

    /** How many ticks there are. */
    int size() {
        return size;
    }

    /** How long a tick was. */
    double seconds(int age) {
        return seconds[slot(age)];
    }

    /** What the arrivals of a tick ask of the replicas, in seconds of their time. */
    double work(int age) {
        return work[slot(age)];
    }

    /** The arrivals of a tick whose work is known. */
    double queries(int age) {
        return queries[slot(age)];
    }

    private int slot(int age) {
        return Math.floorMod(newest - age, CAPACITY);
    }
}
