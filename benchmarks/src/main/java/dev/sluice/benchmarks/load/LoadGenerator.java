package dev.sluice.benchmarks.load;

import java.io.IOException;
import java.time.Duration;

/**
 * Drives one HTTP/1.1 server from the calling thread: no event loop, no pool, no allocation per request. Every reply is
 * checked, status and all bytes of the body. A run is bounded in time and in count, and never waits longer than its patience
 * for replies that do not come.
 */
public final class LoadGenerator {

    private final Duration patience;

    /** @param patience how long to wait at the end of a run for requests that are still outstanding */
    public LoadGenerator(Duration patience) {
        this.patience = patience;
    }

    public LoadGenerator() {
        this(Duration.ofSeconds(5));
    }

    /**
     * Runs a load to its end.
     *
     * @throws IOException if no selector can be opened; what befalls connections is counted in the result instead
     */
    public LoadResult run(Exchange exchange, LoadPlan plan, Arrivals arrivals) throws IOException {
        try (LoadLoop loop = new LoadLoop(exchange, plan, arrivals)) {
            return loop.run(patience);
        }
    }
}
