package dev.sluice.router.fleet.rollout;

/**
 * What went wrong with a candidate's replicas.
 *
 * @param times that one failed, in a row
 * @param hadServed whether the last one had been ready before
 * @param why that one failed; may be empty
 */
public record Failed(int times, boolean hadServed, String why) {

    public static final Failed NONE = new Failed(0, false, "");

    /** As a sentence. */
    String told() {
        return (hadServed ? "Its replicas fail again and again: " : "Its replicas do not start: ") + why;
    }
}
