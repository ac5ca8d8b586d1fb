package dev.sluice.router.fleet.rollout;

/** What is to become of a rollout now. */
public sealed interface Verdict {

    /** Nothing changes. */
    record Wait() implements Verdict {}

    /** The candidate gets a larger part. */
    record Advance(int weight) implements Verdict {}

    /** The candidate takes over. */
    record Promote() implements Verdict {}

    /** @param reason a sentence for the operator */
    record RollBack(String reason) implements Verdict {}
}
