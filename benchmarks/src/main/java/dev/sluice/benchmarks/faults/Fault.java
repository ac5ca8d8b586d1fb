package dev.sluice.benchmarks.faults;

import dev.sluice.benchmarks.report.Bar;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Something that goes wrong, and is put right again. */
interface Fault {

    /** A word or two, for {@code --only} and the table. */
    String name();

    /** What happens, for people. */
    String what();

    default Shape shape() {
        return Shape.PAIRS;
    }

    /**
     * Does it, puts it right after a while, and returns when all processes are ready again.
     *
     * @param hold how long it is wrong, where that is not up to the processes
     */
    Episode happen(FaultSite site, Duration hold) throws IOException;

    /**
     * When nobody was there who could do the work. Of the patient queries that left outside of it every one has to be answered within
     * its SLO, and where it is empty every one of all.
     */
    default Optional<Span> outage(Episode episode, FaultPlan plan) {
        return Optional.empty();
    }

    /** What has to hold of this fault's queries, beside what has to hold of all. */
    default List<Bar> bars(Aftermath aftermath) {
        return List.of();
    }
}
