package dev.sluice.system.actors;

import dev.sluice.sdk.Actor;

/** Takes as long as it is told to, which no router can learn from the last one. */
@Actor(
        value = "slow",
        idempotent = true,
        scheduler = "fifo",
        description = "per query: sleeps so many milliseconds, answers them")
public class Slow {

    public long call(long millis) throws InterruptedException {
        Thread.sleep(millis);
        return millis;
    }
}
