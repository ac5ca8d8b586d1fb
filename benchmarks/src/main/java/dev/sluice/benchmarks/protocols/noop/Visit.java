package dev.sluice.benchmarks.protocols.noop;

import dev.sluice.cli.platform.ServiceProcess;
import java.io.IOException;
import java.time.Duration;

/** A client of every protocol comes, asks for a moment, and goes. */
public final class Visit {

    private Visit() {}

    /** @throws IOException where an answer was wrong, or did not come */
    public static void pay(ServiceProcess frontend, int inFlight, Duration each)
            throws IOException, InterruptedException {
        for (NoopClient client : NoopRun.clients(frontend)) {
            try (client) {
                client.drive(inFlight, Duration.ZERO, each);
            }
        }
    }
}
