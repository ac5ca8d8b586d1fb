package dev.sluice.benchmarks.faults;

import dev.sluice.benchmarks.report.Bar;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

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
     * @return what has to hold of this fault, beside what has to hold of all
     */
    List<Bar> happen(FaultSite site, Duration hold) throws IOException;
}
