package dev.sluice.system.actors;

import dev.sluice.sdk.Actor;

/** As {@link Ordered}, in the order of arrival: of its time to come nothing is predicted. */
@Actor(value = "in-turn", scheduler = "fifo", description = "as ordered, but first come, first served")
public class InTurn {

    private final Ordered counted = new Ordered();

    public int call(int input) {
        return counted.call(input);
    }

    public int hold(int input) throws InterruptedException {
        return counted.hold(input);
    }
}
