package dev.sluice.router.pipeline.run;

import dev.sluice.router.pipeline.plan.Pipeline;
import java.util.List;

/**
 * The ways through a pipeline by which its runs keep time.
 *
 * @param longest with all that a query may come by: what is left of it makes a step urgent
 * @param least with what no query can do without: where there is no time even for that, a run is hopeless
 */
record Ways(CriticalPath longest, CriticalPath least) {

    /** A step that is asked for no more than it usually takes would be late as often as not. */
    private static final int LEEWAY = 2;

    static Ways of(Pipeline pipeline, List<List<Integer>> followers, StepTimes times) {
        return new Ways(
                CriticalPath.of(pipeline, followers, times::usual), CriticalPath.of(pipeline, followers, times::least));
    }

    /**
     * What a step may take; 0 or less where it cannot make it any more.
     *
     * @param leftNanos to the deadline of all
     */
    long budget(int place, long leftNanos) {
        long room = leftNanos - least.afterNanos().get(place);
        if (room <= 0) {
            return room;
        }
        long urgent = leftNanos - longest.afterNanos().get(place);
        // What may be left out must not cost the query what may not.
        long enough = Math.max(room - room / 2, LEEWAY * longest.stepNanos().get(place));
        return Math.min(room, Math.max(urgent, enough));
    }
}
