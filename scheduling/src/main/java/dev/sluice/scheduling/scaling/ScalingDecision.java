package dev.sluice.scheduling.scaling;

/**
 * How many replicas there are to be.
 *
 * @param wanted within the bounds; stays what it was while there is no reason to change it
 * @param needed the same without the upper bound: where it is above {@code wanted}, the bound is what holds the actor back
 * @param reason why, in a sentence for people
 */
public record ScalingDecision(int wanted, int needed, String reason) {}
