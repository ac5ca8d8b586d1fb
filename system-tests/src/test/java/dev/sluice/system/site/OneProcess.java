package dev.sluice.system.site;

import dev.sluice.cli.platform.BuiltPrograms;
import dev.sluice.cli.platform.ExtraPort;
import dev.sluice.cli.platform.Program;
import dev.sluice.cli.platform.Progress;
import dev.sluice.cli.platform.Tier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process beside the platform, with its output in a file; ended without mercy. */
public final class OneProcess implements AutoCloseable {

    /** Of a JVM that does not live long enough for what its better compiler costs: its start takes little more than half the time. */
    public static final String SHORT_LIVED = "-XX:TieredStopAtLevel=1";

    private final Process process;
    private final Path log;

    private OneProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** A service with these properties, each {@code key=value}; for what they do not say of its ports it takes free ones. */
    public static OneProcess service(String name, Tier tier, String... properties) {
        List<String> all = new ArrayList<>(List.of(properties));
        for (ExtraPort extra : ExtraPort.values()) {
            if (extra.tier() == tier && all.stream().noneMatch(given -> given.startsWith(extra.property() + "="))) {
                all.add(extra.property() + "=0");
            }
        }
        return service(name, BuiltPrograms.of(Places.project(), Progress.NONE).of(tier), all.toArray(String[]::new));
    }

    /** A program with these properties, each {@code key=value}. */
    public static OneProcess service(String name, Program program, String... properties) {
        List<String> command = new ArrayList<>(program.executable());
        command.add(SHORT_LIVED);
        command.addAll(program.main());
        Arrays.stream(properties).map(property -> "--" + property).forEach(command::add);
        return start(name, program.directory(), command);
    }

    public static OneProcess start(String name, Path directory, List<String> command) {
        Path log = Places.folder("processes").resolve(name + ".log");
        try {
            Process process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .start();
            return new OneProcess(process, log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String output() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public boolean alive() {
        return process.isAlive();
    }

    /** Its exit status; fails where it does not end by itself. */
    public int awaitEnd(Duration most) {
        try {
            if (!process.waitFor(most.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("It did not end within " + most + "; its output is in " + log);
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", e);
        }
    }

    /** Asks it to end, and waits until it has. */
    public void stop() {
        process.destroy();
        awaitEnd(Site.LONG);
    }

    @Override
    public void close() {
        process.destroyForcibly();
        awaitEnd(Site.LONG);
    }
}
