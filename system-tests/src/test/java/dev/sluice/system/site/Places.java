package dev.sluice.system.site;

import dev.sluice.cli.platform.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where things are on this machine: the project's folder, and ports that nobody uses. */
public final class Places {

    private Places() {}

    public static Path project() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("mvnw"))) {
            folder = folder.getParent();
        }
        return folder;
    }

    /** A folder below this module's target. */
    public static Path folder(String name) {
        try {
            return Files.createDirectories(
                    project().resolve("system-tests/target/sites").resolve(name));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** The first of so many free ports in a row. */
    public static int freePorts(int count) {
        return Ports.freeRow(count);
    }
}
