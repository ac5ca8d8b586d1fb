package dev.sluice.benchmarks.fleet;

import java.io.IOException;
import java.util.function.Consumer;

/** One disturbance of a fleet under load. */
interface Scenario {

    /** A word, for {@code --only} and for files. */
    String name();

    /** Whether it takes several routers, which share a store. */
    default boolean sharesStore() {
        return false;
    }

    Story play(FleetPlan plan, FleetSite site, Consumer<String> progress) throws IOException;
}
