package dev.sluice.router.fleet.goal;

/**
 * By how much a new version may be worse than the one it replaces.
 *
 * @param errorMargin of the part of its queries that fails, 0.01 is one in a hundred
 * @param latencyMargin of the time that its batches run, as a part of the other's: 0.5 is half as long again
 * @param leastQueries of it that must have ended before its times are judged, and before its weight moves where the actor is called
 */
public record RolloutLimits(double errorMargin, double latencyMargin, int leastQueries) {

    public static final RolloutLimits USUAL = new RolloutLimits(0.01, 0.5, 50);
}
