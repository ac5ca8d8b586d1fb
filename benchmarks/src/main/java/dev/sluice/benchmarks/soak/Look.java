package dev.sluice.benchmarks.soak;

import dev.sluice.benchmarks.tiers.Vitals;
import java.util.Map;

/**
 * One look at all processes, while nothing but the steady load goes on.
 *
 * @param minutes since the load began
 * @param vitals by process
 */
record Look(double minutes, Map<String, Vitals> vitals) {}
