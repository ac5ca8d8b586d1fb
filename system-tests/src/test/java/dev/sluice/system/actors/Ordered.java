package dev.sluice.system.actors;

import dev.sluice.sdk.Actor;
import dev.sluice.sdk.Arg;
import java.nio.file.Path;

/** Says in which order its queries were run. */
@Actor(
        value = "ordered",
        slo = "80s",
        description = "per query: answers how many ran before; hold, holdAgain: once the gate is open; nap: after 4 s")
public class Ordered {

    private static final long NAP_MILLIS = 4_000;

    private final GateFile gate;

    private int ran;

    public Ordered(@Arg("dir") Path directory) {
        this.gate = new GateFile(directory);
    }

    public int call(int ignored) {
        return ran++;
    }

    public int hold(int ignored) throws InterruptedException {
        gate.pass();
        return ran++;
    }

    /** For a second test: behind what never ran its router stages nothing, since it cannot tell when that will end. */
    public int holdAgain(int ignored) throws InterruptedException {
        return hold(ignored);
    }

    /** Takes the same time each time, as its router will learn. */
    public int nap(int ignored) throws InterruptedException {
        Thread.sleep(NAP_MILLIS);
        return ran++;
    }
}
