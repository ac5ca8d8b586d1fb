package dev.sluice.frontend.access;

/**
 * What a tenant may ask of one frontend.
 *
 * @param queriesPerSecond in the long run
 * @param burst queries that may come at once after a pause
 */
public record Quota(double queriesPerSecond, long burst) {}
