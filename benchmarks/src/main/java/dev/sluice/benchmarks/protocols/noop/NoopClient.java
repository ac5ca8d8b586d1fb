package dev.sluice.benchmarks.protocols.noop;

import java.io.IOException;
import java.time.Duration;

/** A client of one protocol. It asks the same over and over, and looks at every answer. */
interface NoopClient extends AutoCloseable {

    String ACTOR = "noop";

    /** How the table calls it. */
    String protocol();

    /**
     * Keeps so many queries under way.
     *
     * @param leadIn runs first and is not counted
     * @throws IOException where an answer was wrong, or did not come
     */
    Driven drive(int inFlight, Duration leadIn, Duration measured) throws IOException, InterruptedException;

    @Override
    void close() throws IOException;

    /** What a drive measured. */
    record Driven(double requestsPerSecond, double p50Millis) {}
}
