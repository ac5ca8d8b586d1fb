package dev.sluice.router.fleet.rollout;

/**
 * How far a candidate's replicas are.
 *
 * @param ready that serve
 * @param needed that its weight calls for now
 * @param placeless whether none of those that lack starts, and it is slots that they wait for
 */
public record Replicas(int ready, int needed, boolean placeless) {}
