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
 * @param after when all had been; a process that did not tell is not in it
 * @param logs what they complained of
 * @param ended processes that ended meanwhile: the run ends with the first
 * @param ledger of the frontend, when all was over, without what was there before
 * @param bystander valid queries beside the inputs that were answered
 */
record Fuzzed(
        List<AtDoor> doors,
        Map<String, Vitals> before,
        Map<String, Vitals> after,
        Map<String, LogLook> logs,
        List<String> ended,
        Ledger ledger,
        long bystander) {

    /**
     * @param turnedAway inputs that were refused for what came before that which was changed
     * @param wrong inputs that were neither answered rightly nor refused with a reason, or not at all
     * @param words what the first of them were
     * @param queries among the inputs that the frontend answered
     * @param unserved valid queries afterwards that were not answered
     */
    record AtDoor(
            String name,
            long inputs,
            long answered,
            long refused,
            long turnedAway,
            long wrong,
            List<String> words,
            long queries,
            long unserved,
            double seconds) {

        /** The share of them that came as far as what they are meant for. */
        double reached() {
            return inputs == 0 ? 0 : (double) (inputs - turnedAway) / inputs;
        }
    }

    long inputs() {
        return doors.stream().mapToLong(AtDoor::inputs).sum();
    }

    /** Answers to queries that callers have seen. */
    long seen() {
        return bystander + doors.stream().mapToLong(AtDoor::queries).sum();
    }
}
