package dev.sluice.system.actors;

import dev.sluice.sdk.Actor;

/** Says in which order its queries were run. What holds it takes the same time each time, as its router will learn. */
@Actor(value = "ordered", description = "per query: answers how many ran before; hold: after 4 s")
public class Ordered {

    private static final long HOLD_MILLIS = 4_000;

    private int ran;

    public int call(int ignored) {
        return ran++;
    }

    public int hold(int ignored) throws InterruptedException {
        Thread.sleep(HOLD_MILLIS);
        return ran++;
    }
}
