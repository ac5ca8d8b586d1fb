package dev.sluice.cli.platform;

import java.time.Duration;

/**
 * How long things may take.
 *
 * @param ready until a process must be ready after its start
 * @param grace that a process gets to end what it accepted before it is killed
 */
public record Patience(Duration ready, Duration grace) {

    public static final Patience USUAL = new Patience(Duration.ofSeconds(120), Duration.ofSeconds(15));
}
