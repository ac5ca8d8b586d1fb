package dev.sluice.system.actors;

import dev.sluice.sdk.Actor;
import dev.sluice.sdk.Arg;
import java.nio.file.Path;

/** As {@link Ordered}, in the order of arrival: of its time to come nothing is predicted. */
@Actor(value = "in-turn", slo = "80s", scheduler = "fifo", description = "as ordered, but first come, first served")
public class InTurn {

    private final Ordered counted;

    public InTurn(@Arg("dir") Path directory) {
        this.counted = new Ordered(directory);
    }

    public int call(int input) {
        return counted.call(input);
    }

    public int hold(int input) throws InterruptedException {
        return counted.hold(input);
    }
}
