package dev.sluice.common.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.search.Search;

/** Meters of what is gone. */
public final class TaggedMeters {

    private TaggedMeters() {}

    /** Removes all that have all of these tags. Whoever holds one of them counts on, and nobody sees it. */
    public static void remove(MeterRegistry meters, Tags tags) {
        Search.in(meters).tags(tags).meters().forEach(meters::remove);
    }
}
