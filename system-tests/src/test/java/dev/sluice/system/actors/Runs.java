package dev.sluice.system.actors;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;

/** Writes down each query before it is run, so that it survives the end of the process: who ran twice is there twice. */
final class Runs {

    private final Path file;

    Runs(Path directory, String actor) {
        this.file = directory.resolve(actor + "-" + UUID.randomUUID() + ".runs");
    }

    void write(List<String> ids) {
        try {
            Files.write(file, ids, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
