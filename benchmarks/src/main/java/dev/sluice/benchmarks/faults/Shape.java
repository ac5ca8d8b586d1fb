package dev.sluice.benchmarks.faults;

/**
 * Which processes there are.
 *
 * @param fakedClocks whether their clocks can be set
 */
record Shape(int frontends, int routers, int hosts, boolean fakedClocks) {

    static final Shape PAIRS = new Shape(2, 2, 2, false);

    /** Whose router keeps what is wanted in a file. */
    static final Shape ALONE = new Shape(1, 1, 1, false);

    static final Shape CLOCKS = new Shape(2, 2, 2, true);
}
