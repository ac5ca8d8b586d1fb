package dev.sluice.scheduling;

/** How large the next batch is, and which queries are given up for it. */
public enum BatchRule {
    /** The largest batch in which the most urgent query still meets its deadline. Nobody is given up for others. */
    CLIMB,
    /** The size that serves the traffic best; who cannot meet the deadline in such a batch is shed. */
    TARGET_WINDOW
}
