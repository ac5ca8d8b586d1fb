package dev.sluice.system.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Tells the replicas of the actor {@code pace}, of which each host has one, how fast to work; from their next batch on. */
public final class PaceMaker {

    private final Path folder;

    public PaceMaker(Site site) {
        this.folder = site.folder();
    }

    /** @param millis what a batch takes on this host */
    public PaceMaker takes(int host, int millis) {
        return tell(host, Integer.toString(millis));
    }

    /** Each batch fails, at once. */
    public PaceMaker fails(int host) {
        return tell(host, "broken");
    }

    private PaceMaker tell(int host, String pace) {
        try {
            // At one stroke, since they read it meanwhile.
            Path written = Files.writeString(folder.resolve("pace-to-be"), pace);
            Files.move(written, folder.resolve("pace-" + host), StandardCopyOption.ATOMIC_MOVE);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
