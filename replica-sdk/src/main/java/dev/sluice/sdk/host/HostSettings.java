package dev.sluice.sdk.host;

import java.time.Duration;

/**
 * What a host goes by.
 *
 * @param slots replicas that the host has room for, at least 1
 * @param stuckAfter a replica that works on one batch for so long is replaced
 * @param lease how long routers believe what was announced; announced again every third of it
 * @param kind of machine that it is on; empty where kinds are not told apart
 * @param healthCheck how often replicas are asked whether they can serve; zero: never
 */
public record HostSettings(int slots, Duration stuckAfter, Duration lease, String kind, Duration healthCheck) {

    /** Where kinds of machines are not told apart. */
    public HostSettings(int slots, Duration stuckAfter, Duration lease) {
        this(slots, stuckAfter, lease, "", Duration.ZERO);
    }
}
