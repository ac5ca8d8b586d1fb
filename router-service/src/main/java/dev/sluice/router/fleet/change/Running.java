package dev.sluice.router.fleet.change;

import java.util.Set;

/**
 * What an actor has running.
 *
 * @param seen whether this router has looked; if not, all else is empty
 * @param placed versions of which there are replicas that routers asked for and that did not fail
 * @param serving versions that take queries
 */
public record Running(boolean seen, Set<String> placed, Set<String> serving) {

    /** Of a router that has not looked yet. */
    public static final Running UNSEEN = new Running(false, Set.of(), Set.of());

    public Running {
        placed = Set.copyOf(placed);
        serving = Set.copyOf(serving);
    }

    /** Whether a version may have replicas: in doubt, it has. */
    boolean mayHave(String version) {
        return !seen || placed.contains(version);
    }

    /** Whether there may be something whose service would suffer: in doubt, there is. */
    boolean mayServe() {
        return !seen || !serving.isEmpty();
    }
}
