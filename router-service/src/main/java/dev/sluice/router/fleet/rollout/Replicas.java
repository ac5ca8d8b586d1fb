package dev.sluice.router.fleet.rollout;

/**
 * How far a candidate's replicas are.
 *
 * @param ready that serve
 * @param needed that its weight calls for now
 * @param placeless whether those that lack could run, and only wait for slots
 */
public record Replicas(int ready, int needed, boolean placeless) {}
