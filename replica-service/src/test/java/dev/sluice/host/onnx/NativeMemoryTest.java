package dev.sluice.host.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.host.onnx.testing.NativeMemoryTrial;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is not closed stays in memory that no collector sees: so a process whose heap has one size is asked how large it is. */
@Timeout(300)
class NativeMemoryTest {

    /** The rest of the process breathes; what queries or loads leave open is many times this. */
    private static final long MOST_GROWTH = 48L << 20;

    /** For a class path of many jars; ONNX Runtime reads the command line when it starts. */
    private static final String LONG_OPTION = "-Dlong=" + "jar:".repeat(16_000);

    @TempDir
    private Path models;

    @Test
    void staysFlatOverManyQueries() throws Exception {
        assertThat(growth("queries", 20_000, 100_000)).isLessThan(MOST_GROWTH);
    }

    @Test
    void staysFlatOverManyLoads() throws Exception {
        assertThat(growth("loads", 30, 100)).isLessThan(MOST_GROWTH);
    }

    private long growth(String of, int warm, int then) throws IOException, InterruptedException {
        assumeTrue(Files.exists(Path.of("/proc/self/status")), "This system does not tell how large a process is.");
        Process trial = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xms192m",
                        "-Xmx192m",
                        "-XX:+AlwaysPreTouch",
                        "-XX:TieredStopAtLevel=1",
                        LONG_OPTION,
                        "-cp",
                        System.getProperty("java.class.path"),
                        NativeMemoryTrial.class.getName(),
                        of,
                        Integer.toString(warm),
                        Integer.toString(then),
                        models.toString())
                .redirectErrorStream(true)
                .start();
        try {
            String said = new String(trial.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(trial.waitFor()).as(said).isZero();
            String[] lines = said.strip().split("\n");
            return Long.parseLong(lines[lines.length - 1].strip());
        } finally {
            trial.destroyForcibly();
        }
    }
}
