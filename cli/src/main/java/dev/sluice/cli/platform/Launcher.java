package dev.sluice.cli.platform;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** Starts one process and writes it down. */
final class Launcher {

    /** Ctrl-C in a terminal goes to all processes of the group; ours end in their order instead, each by its own signal. */
    private static final List<String> DEAF_TO_TERMINAL =
            List.of("/bin/sh", "-c", "trap '' INT HUP QUIT; exec \"$@\"", "sh");

    private final RuntimeDirectory directory;
    private final Gate gate;

    Launcher(RuntimeDirectory directory, Gate gate) {
        this.directory = directory;
        this.gate = gate;
    }

    /** Whoever ends the platform does not overlook what is started in it. */
    Gate gate() {
        return gate;
    }

    /** Keeps the log of the run before as {@code NAME.log.1}. */
    void turnLog(Instance instance) {
        Path log = directory.log(instance.name());
        try {
            Files.createDirectories(directory.logs());
            if (Files.exists(log)) {
                Files.move(log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new PlatformException("Cannot write to " + directory.logs() + ": " + e.getMessage());
        }
    }

    Launched launch(Instance instance, Program program) {
        List<String> command = new ArrayList<>(DEAF_TO_TERMINAL);
        command.addAll(program.command(instance));
        Path log = directory.log(instance.name());
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(program.directory().toFile())
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        // One arena per core and thread pool costs more resident memory than it saves time.
        builder.environment().putIfAbsent("MALLOC_ARENA_MAX", "2");
        try {
            Process child = builder.start();
            OsProcess process = OsProcess.of(child.toHandle());
            ProcessRecord record = new ProcessRecord(instance.name(), instance.tier(), instance.port(), process, log);
            directory.write(record);
            return new Launched(record, child);
        } catch (IOException e) {
            throw new PlatformException(instance.name() + " cannot be started: " + e.getMessage());
        }
    }
}
