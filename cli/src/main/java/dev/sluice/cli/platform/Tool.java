package dev.sluice.cli.platform;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a command that ends by itself. */
final class Tool {

    private static final int MOST_SECONDS = 180;

    private Tool() {}

    /** Runs it to its end, output into the log; fails with the log's last words where it exits with anything but 0. */
    static void run(Path directory, Path log, List<String> command) {
        try {
            Files.createDirectories(directory);
            Process process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectInput(new File("/dev/null"))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new PlatformException("A preparation took longer than " + MOST_SECONDS + " s; its log: " + log);
            }
            if (process.exitValue() != 0) {
                throw new PlatformException(
                        "A preparation failed: " + String.join(" ", LastWords.of(log)) + "\n  Its log: " + log);
            }
        } catch (IOException e) {
            throw new PlatformException(command.get(0) + " cannot be run: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlatformException("The preparation was interrupted.");
        }
    }
}
