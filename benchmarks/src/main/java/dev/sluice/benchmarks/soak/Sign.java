package dev.sluice.benchmarks.soak;

import dev.sluice.benchmarks.tiers.Vitals;
import java.util.function.ToDoubleFunction;

/** What is looked at of a process, and how much of a rise over the time that counts is no rise. */
enum Sign {
    /** Caches that fill up to a limit may still be filling. */
    HEAP("heap MiB", Vitals::heapMib, 4),
    /** An arena more or less of the allocator, whichever thread came to need one. */
    DIRECT("direct MiB", Vitals::directMib, 8),
    THREADS("threads", Vitals::threads, 3),
    /** A connection that is on its way out may be seen still. */
    FILES("files", Vitals::files, 6),
    /** Each version brings some, and has to take them with it. */
    SERIES("series", Vitals::series, 40),
    /** The heap within its bounds is the JVM's to use: this is shown, and held to no bar. */
    RESIDENT("resident MiB", Vitals::residentMib, Double.NaN);

    private final String title;
    private final ToDoubleFunction<Vitals> of;
    private final double most;

    Sign(String title, ToDoubleFunction<Vitals> of, double most) {
        this.title = title;
        this.of = of;
        this.most = most;
    }

    String title() {
        return title;
    }

    double of(Vitals vitals) {
        return of.applyAsDouble(vitals);
    }

    boolean hasBar() {
        return !Double.isNaN(most);
    }

    double most() {
        return most;
    }
}
