package dev.sluice.system.actors;

import dev.sluice.sdk.Actor;
import dev.sluice.sdk.Arg;
import dev.sluice.sdk.Content;
import java.nio.file.Path;

/** Lets nothing through while a file is not there: how long that was for one query says nothing of the next. */
@Actor(
        value = "gate",
        idempotent = true,
        slo = "80s",
        scheduler = "fifo",
        description = "per query: waits until the gate is open")
public class Gate {

    private final GateFile gate;

    public Gate(@Arg("dir") Path directory) {
        this.gate = new GateFile(directory);
    }

    /** The input. */
    public int call(int input) throws InterruptedException {
        gate.pass();
        return input;
    }

    /** As {@code call}, for one test alone: behind what never ended nothing is staged, so that it is known how many are taken. */
    public int hold(int input) throws InterruptedException {
        return call(input);
    }

    /** How many bytes passed. */
    public int weigh(Content input) throws InterruptedException {
        gate.pass();
        return input.bytes().length;
    }
}
