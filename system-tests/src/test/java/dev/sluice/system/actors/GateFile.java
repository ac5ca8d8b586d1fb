package dev.sluice.system.actors;

import java.nio.file.Files;
import java.nio.file.Path;

/** The gate of a site: a file that is there while it is open. */
final class GateFile {

    private final Path file;

    GateFile(Path directory) {
        this.file = directory.resolve("gate-is-open");
    }

    /** Returns once the gate is open. */
    void pass() throws InterruptedException {
        while (!Files.exists(file)) {
            Thread.sleep(20);
        }
    }
}
