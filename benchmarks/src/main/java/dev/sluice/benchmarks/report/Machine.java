package dev.sluice.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a bench ran on.
 *
 * @param cores that this process may use
 * @param jdk version of the Java that runs the bench
 * @param os name and version
 * @param cpu the processor's name; its architecture where the system does not tell
 */
public record Machine(int cores, String jdk, String os, String cpu) {

    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

    public static Machine here() {
        return new Machine(
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.version"),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                cpuModel());
    }

    @Override
    public String toString() {
        return cores + " cores of " + cpu + ", JDK " + jdk + ", " + os;
    }

    private static String cpuModel() {
        String architecture = System.getProperty("os.arch");
        if (!Files.isReadable(CPU_INFO)) {
            return architecture;
        }
        try (var lines = Files.lines(CPU_INFO)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(architecture);
        } catch (IOException e) {
            return architecture;
        }
    }
}
