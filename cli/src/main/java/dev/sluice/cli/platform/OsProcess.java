package dev.sluice.cli.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A process of this machine, ours or not a child of ours. The time of its start goes with the id, since ids are used
 * again: a process that bears the id but began at another time is a stranger, and this one is dead.
 */
public record OsProcess(long pid, Instant startedAt) {

    /** The kernel counts from its boot, whose time of day may be corrected by a little between two readings. */
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    private static final Duration MOST_TO_FREEZE = Duration.ofSeconds(30);

    private static final Duration GLANCE = Duration.ofMillis(20);

    static OsProcess of(ProcessHandle handle) {
        return new OsProcess(handle.pid(), handle.info().startInstant().orElseGet(Instant::now));
    }

    public static OsProcess current() {
        return of(ProcessHandle.current());
    }

    public boolean alive() {
        return handle().isPresent();
    }

    /** Asks it to end: SIGTERM. */
    public void terminate() {
        handle().ifPresent(ProcessHandle::destroy);
    }

    /** Ends it without asking: SIGKILL. */
    public void kill() {
        handle().ifPresent(ProcessHandle::destroyForcibly);
    }

    /** Freezes it, and returns when the last of its threads stands still: that takes a moment on a busy machine. */
    void freeze() {
        signal("STOP");
        long deadline = System.nanoTime() + MOST_TO_FREEZE.toNanos();
        while (alive() && ProcessTable.runs(pid)) {
            if (System.nanoTime() - deadline >= 0 || !Pause.of(GLANCE)) {
                throw new PlatformException("The process " + pid + " does not stand still.");
            }
        }
    }

    /** Sends a signal by name, {@code STOP} or {@code CONT} for instance. */
    void signal(String name) {
        if (!alive()) {
            return;
        }
        try {
            Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start();
            if (kill.waitFor() != 0) {
                throw new PlatformException("The signal " + name + " could not be sent to process " + pid + ".");
            }
        } catch (IOException e) {
            throw new PlatformException("The command kill cannot be run: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until it is gone; false where it still runs after that time. */
    public boolean awaitEnd(Duration most) {
        long deadline = System.nanoTime() + most.toNanos();
        while (alive()) {
            if (System.nanoTime() - deadline >= 0 || !Pause.of(GLANCE)) {
                return !alive();
            }
        }
        return true;
    }

    public Duration age() {
        return Duration.between(startedAt, Instant.now());
    }

    /** Resident memory in bytes; empty where the system does not tell. */
    public OptionalLong residentBytes() {
        Path status = Path.of("/proc", Long.toString(pid), "status");
        if (!Files.exists(status)) {
            return ProcessTable.residentBytes(pid);
        }
        try (var lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst();
        } catch (IOException | RuntimeException gone) {
            return OptionalLong.empty();
        }
    }

    private Optional<ProcessHandle> handle() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(handle ->
                        handle.info().startInstant().map(this::sameStart).orElse(true))
                .filter(handle -> !ProcessTable.zombie(pid));
    }

    private boolean sameStart(Instant other) {
        return Duration.between(startedAt, other).abs().compareTo(TOLERANCE) <= 0;
    }
}
