package dev.sluice.benchmarks.fuzz;

import dev.sluice.benchmarks.tiers.Ledger;
import dev.sluice.benchmarks.tiers.Vitals;
import java.util.List;
import java.util.Map;

/**
 * What came of a run.
 *
 * @param doors in order
 * @param before what processes held when an eighth of the inputs had been sent to each door
 * @param after when all had been
 * @param ended processes that ended meanwhile
 * @param ledger of the frontend, when all was over
 */
record Fuzzed(
        List<AtDoor> doors, Map<String, Vitals> before, Map<String, Vitals> after, List<String> ended, Ledger ledger) {

    /**
     * @param wrong inputs that were neither answered rightly nor refused with a reason, or not at all
     * @param words what the first of them were
     * @param unserved valid queries afterwards that were not answered
     */
    record AtDoor(
            String name,
            long inputs,
            long answered,
            long refused,
            long wrong,
            List<String> words,
            long unserved,
            double seconds) {}

    long inputs() {
        return doors.stream().mapToLong(AtDoor::inputs).sum();
    }
}
