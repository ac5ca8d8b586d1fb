package dev.sluice.cli.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.sluice.cli.Run;
import dev.sluice.cli.platform.Fakes;
import dev.sluice.cli.platform.Platform;
import dev.sluice.cli.platform.ProcessRecord;
import dev.sluice.cli.platform.Progress;
import dev.sluice.cli.platform.RuntimeDirectory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class DownCommandTest {

    private static final int INTERRUPT = 2;

    @TempDir
    private Path project;

    private RuntimeDirectory runtime;

    @BeforeEach
    void open() {
        runtime = new RuntimeDirectory(project.resolve(".sluice"));
    }

    @AfterEach
    void leaveNothingBehind() {
        runtime.records().forEach(record -> record.process().kill());
    }

    @Test
    void endsWhatRunsAndMayBeRepeated() {
        Platform platform = Fakes.platform(Fakes.spec(project.resolve(".sluice")), Progress.NONE);
        platform.start();
        List<ProcessRecord> records = runtime.living();

        Run first = Run.in(project, "down");
        Run second = Run.in(project, "down");

        assertThat(first.exit()).isZero();
        assertThat(first.out()).contains("host-0       stopped").contains("Sluice is down.");
        assertThat(records).hasSize(3).noneMatch(record -> record.process().alive());
        assertThat(second).isEqualTo(new Run(0, "Sluice is not up here: nothing to end.\n", ""));
    }

    @Test
    void doesNotTouchAStrangerWhoBearsTheIdOfADeadProcess() throws IOException {
        Path run = Files.createDirectories(project.resolve(".sluice/run"));
        long stranger = ProcessHandle.current().pid();
        Files.writeString(
                run.resolve("host-0.pid"),
                "pid=" + stranger + "\nstarted=2020-01-01T00\\:00\\:00Z\nname=host-0\ntier=HOST\nport=7100\n");

        assertThat(Run.in(project, "down").out()).contains("nothing to end");
        assertThat(run.resolve("host-0.pid")).doesNotExist();
    }

    @Test
    void letsTheOtherTerminalDrainWhatItStarted() throws Exception {
        Process up = up();
        List<ProcessRecord> records = runtime.living();

        Run run = Run.in(project, "down");

        assertThat(run.exit()).isZero();
        assertThat(run.out()).contains("Ending the sluice up of another terminal (process " + up.pid() + ")");
        assertThat(up.waitFor()).isZero();
        assertThat(records).hasSize(3).noneMatch(record -> record.process().alive());
        assertThat(runtime.records()).isEmpty();
    }

    @Test
    void endsTheOrphansOfAnUpThatWasKilled() throws Exception {
        Process up = up();
        List<ProcessRecord> records = runtime.living();
        up.destroyForcibly().waitFor();
        assertThat(records).allMatch(record -> record.process().alive());

        Run run = Run.in(project, "down");

        assertThat(run.exit()).isZero();
        assertThat(records).hasSize(3).noneMatch(record -> record.process().alive());
    }

    @Test
    void ctrlCInTheTerminalDrainsInOrder() throws Exception {
        assumeFalse(ignoresInterrupts(), "what a shell runs in the background ignores Ctrl-C, and so do its children");
        Process up = up();
        new ProcessBuilder("kill", "-INT", Long.toString(up.pid())).start().waitFor();
        String said = new String(up.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(up.waitFor()).isZero();
        assertThat(said).doesNotContain("signal").doesNotContain("exit code");
        assertThat(said.lines().map(String::strip).filter(line -> line.matches(".*stop(ping|ped)")))
                .extracting(line -> line.replaceAll("\\s+", " "))
                .containsExactly(
                        "frontend-0 stopping",
                        "frontend-0 stopped",
                        "router-0 stopping",
                        "router-0 stopped",
                        "host-0 stopping",
                        "host-0 stopped");
    }

    @Test
    void saysThatItIsAlreadyUpAndShowsWhatRuns() {
        try (Platform platform = Fakes.platform(Fakes.spec(project.resolve(".sluice")), Progress.NONE)) {
            platform.start();

            Run run = Run.in(project, "up");

            assertThat(run.exit()).isEqualTo(1);
            assertThat(run.out()).contains("already up").containsPattern("router-0 +\\d+ +\\d+ +ready");
        }
    }

    private static boolean ignoresInterrupts() throws IOException {
        Path status = Path.of("/proc/self/status");
        return Files.isReadable(status)
                && Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("SigIgn:"))
                        .anyMatch(line ->
                                (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 1L << INTERRUPT - 1) != 0);
    }

    /** Returns when it is up. */
    private Process up() throws IOException {
        Process up = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        FakeUp.class.getName(),
                        project.resolve(".sluice").toString())
                .redirectErrorStream(true)
                .start();
        BufferedReader said = new BufferedReader(new InputStreamReader(up.getInputStream(), StandardCharsets.UTF_8));
        for (String line = said.readLine(); !"up".equals(line); line = said.readLine()) {
            assertThat(line).as("it ended before it was up").isNotNull();
        }
        return up;
    }
}
