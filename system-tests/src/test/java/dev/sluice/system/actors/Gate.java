package dev.sluice.system.actors;

import dev.sluice.sdk.Actor;
import dev.sluice.sdk.Arg;
import dev.sluice.sdk.Content;
import java.nio.file.Files;
import java.nio.file.Path;

/** Lets nothing through while a file is not there: how long that was for one query says nothing of the next. */
@Actor(
        value = "gate",
        idempotent = true,
        slo = "80s",
        scheduler = "fifo",
        description = "per query: waits until the gate is open")
public class Gate {

    private final Path open;

    public Gate(@Arg("dir") Path directory) {
        this.open = directory.resolve("gate-is-open");
    }

    /** The input. */
    public int call(int input) throws InterruptedException {
        pass();
        return input;
    }

    /** How many bytes passed. */
    public int weigh(Content input) throws InterruptedException {
        pass();
        return input.bytes().length;
    }

    private void pass() throws InterruptedException {
        while (!Files.exists(open)) {
            Thread.sleep(20);
        }
    }
}
