package dev.sluice.cli;

import dev.sluice.cli.platform.RuntimeDirectory;
import java.nio.file.Path;

/** The folder that {@code ./sluice} is in; where the program is started without that script, the current one. */
public final class Project {

    private Project() {}

    public static Path folder() {
        return Path.of(System.getProperty("sluice.project", ""))
                .toAbsolutePath()
                .normalize();
    }

    public static RuntimeDirectory runtime() {
        return new RuntimeDirectory(folder().resolve(".sluice"));
    }
}
