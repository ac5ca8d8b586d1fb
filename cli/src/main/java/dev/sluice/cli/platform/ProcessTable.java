package dev.sluice.cli.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** What the operating system tells of processes beyond {@link ProcessHandle}. */
final class ProcessTable {

    private ProcessTable() {}

    /** Whether it has ended and only waits for a parent that does not ask: such a one is dead, though it is listed. */
    static boolean zombie(long pid) {
        return inState('Z', Path.of("/proc", Long.toString(pid)));
    }

    /** Whether any thread of it has not been stopped by a signal; false where the system does not tell. */
    static boolean runs(long pid) {
        try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            return !threads.allMatch(thread -> inState('T', thread));
        } catch (IOException | UncheckedIOException notLinuxOrGone) {
            return false;
        }
    }

    private static boolean inState(char state, Path of) {
        try {
            String stat = Files.readString(of.resolve("stat"), StandardCharsets.ISO_8859_1);
            return stat.charAt(stat.lastIndexOf(')') + 2) == state;
        } catch (IOException notLinuxOrGone) {
            return false;
        }
    }

    /** By {@code ps}, where there is no {@code /proc}. */
    static OptionalLong residentBytes(long pid) {
        try {
            Process ps = new ProcessBuilder("ps", "-o", "rss=", "-p", Long.toString(pid)).start();
            String kilobytes = new String(ps.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
            return kilobytes.isEmpty() ? OptionalLong.empty() : OptionalLong.of(1024 * Long.parseLong(kilobytes));
        } catch (IOException | NumberFormatException unknown) {
            return OptionalLong.empty();
        }
    }
}
