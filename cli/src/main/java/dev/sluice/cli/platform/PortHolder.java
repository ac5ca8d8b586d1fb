package dev.sluice.cli.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who listens on a port, as far as the kernel shows it to this user; Linux only. */
final class PortHolder {

    private static final String LISTENING = "0A";

    private PortHolder() {}

    /** For people: {@code java (process 4711)}. */
    static Optional<String> of(int port) {
        Set<String> sockets = Stream.of("/proc/net/tcp", "/proc/net/tcp6")
                .flatMap(table -> listening(Path.of(table), port))
                .collect(Collectors.toSet());
        if (sockets.isEmpty()) {
            return Optional.empty();
        }
        return ProcessHandle.allProcesses()
                .filter(handle -> holdsAny(handle.pid(), sockets))
                .findFirst()
                .map(PortHolder::described);
    }

    private static String described(ProcessHandle handle) {
        String command = handle.info()
                .command()
                .map(path -> Path.of(path).getFileName().toString())
                .orElse("another program");
        return command + " (process " + handle.pid() + ")";
    }

    /** Lines read {@code sl local_address rem_address st tx:rx tr:tm retrnsmt uid timeout inode}. */
    private static Stream<String> listening(Path table, int port) {
        String suffix = String.format(":%04X", port);
        try {
            return Files.readAllLines(table).stream()
                    .map(line -> List.of(line.strip().split("\\s+")))
                    .filter(columns -> columns.size() > 9
                            && columns.get(1).endsWith(suffix)
                            && columns.get(3).equals(LISTENING))
                    .map(columns -> "socket:[" + columns.get(9) + "]");
        } catch (IOException notLinux) {
            return Stream.empty();
        }
    }

    private static boolean holdsAny(long pid, Set<String> sockets) {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
            return descriptors.anyMatch(descriptor -> sockets.contains(target(descriptor)));
        } catch (IOException notOurs) {
            return false;
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException closedMeanwhile) {
            return "";
        }
    }
}
