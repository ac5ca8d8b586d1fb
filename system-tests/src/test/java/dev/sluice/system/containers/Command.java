package dev.sluice.system.containers;

import dev.sluice.system.site.Places;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A command of another program, and what it said. */
public final class Command {

    private static final Duration MOST = Duration.ofMinutes(18);

    /** Of what a command has said, so many lines tell why it ended as it did. */
    private static final int LAST = 40;

    private Command() {}

    /** @param output of both kinds, as they came */
    public record Outcome(List<String> command, int exit, String output) {

        public boolean ok() {
            return exit == 0;
        }

        public Outcome orFail() {
            if (!ok()) {
                throw new AssertionError(this);
            }
            return this;
        }

        @Override
        public String toString() {
            List<String> lines = output.lines().toList();
            String last = String.join("\n", lines.subList(Math.max(0, lines.size() - LAST), lines.size()));
            return String.join(" ", command) + " ended with " + exit + ", and its last lines are:\n" + last;
        }
    }

    public static Outcome run(String... command) {
        return run(Map.of(), List.of(command));
    }

    /** In the project's folder. */
    public static Outcome run(Map<String, String> environment, List<String> command) {
        try {
            Path output = Files.createTempFile(Places.folder("commands"), "output", ".log");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(Places.project().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            process.getOutputStream().close();
            if (!process.waitFor(MOST.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(String.join(" ", command) + " did not end: " + Files.readString(output));
            }
            Outcome outcome = new Outcome(command, process.exitValue(), Files.readString(output));
            Files.delete(output);
            return outcome;
        } catch (IOException e) {
            throw new UncheckedIOException(String.join(" ", command), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted: " + String.join(" ", command), e);
        }
    }
}
