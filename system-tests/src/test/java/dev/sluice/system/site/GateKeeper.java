package dev.sluice.system.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Holds what the actors of a site that wait for its gate are given, until told to let it through; opens in the end. */
public final class GateKeeper implements AutoCloseable {

    private final Path file;

    private GateKeeper(Path file) {
        this.file = file;
    }

    public static GateKeeper closed(Site site) {
        Path file = site.folder().resolve("gate-is-open");
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new GateKeeper(file);
    }

    public void open() {
        try {
            if (!Files.exists(file)) {
                Files.createFile(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        open();
    }
}
