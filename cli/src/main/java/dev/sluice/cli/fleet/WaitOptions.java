package dev.sluice.cli.fleet;

import dev.sluice.cli.call.SloConverter;
import java.time.Duration;
import picocli.CommandLine.Option;

/** Whether a command stays until what it asked for holds. */
final class WaitOptions {

    @Option(
            names = "--wait",
            description = "Stay until it holds; end with 1 and the reason where it does not come to that.")
    private boolean wait;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = SloConverter.class,
            defaultValue = "5m",
            description = "How long to wait at most (${DEFAULT-VALUE}).")
    private Duration timeout = Duration.ofMinutes(5);

    boolean isWanted() {
        return wait;
    }

    Duration timeout() {
        return timeout;
    }
}
