package dev.sluice.benchmarks.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;

/** A process of this machine and what it uses. */
public record NamedProcess(String name, long pid) {

    /** The process that runs this. */
    public static NamedProcess self(String name) {
        return new NamedProcess(name, ProcessHandle.current().pid());
    }

    /** CPU time since its start, in steps of 10 ms on Linux; zero once it is gone. */
    public Duration cpuTime() {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().totalCpuDuration())
                .orElse(Duration.ZERO);
    }

    /** Bytes that are resident, pages shared with others included; empty where the system does not tell. */
    public OptionalLong residentBytes() {
        Path status = Path.of("/proc", Long.toString(pid), "status");
        if (!Files.isReadable(status)) {
            return OptionalLong.empty();
        }
        try (var lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                    .findFirst();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }
}
