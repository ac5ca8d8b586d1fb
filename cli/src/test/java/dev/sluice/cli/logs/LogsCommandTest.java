package dev.sluice.cli.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogsCommandTest {

    @TempDir
    private Path project;

    private Path logs;

    @BeforeEach
    void makeLogs() throws IOException {
        logs = Files.createDirectories(project.resolve(".sluice/logs"));
        Files.writeString(logs.resolve("host-0.log"), "a\nb\nc\n");
        Files.writeString(logs.resolve("host-1.log"), "d\n");
        Files.writeString(logs.resolve("router-0.log"), "e\n");
        Files.writeString(logs.resolve("router-0.log.1"), "of an earlier run\n");
    }

    @Test
    void showsTheLastLinesOfOne() {
        assertThat(Run.in(project, "logs", "host-0", "-n", "2").out()).isEqualTo("b\nc\n");
    }

    @Test
    void saysWhoWroteWhereItShowsSeveral() {
        assertThat(Run.in(project, "logs", "host", "-n1").out()).isEqualTo("host-0 | c\nhost-1 | d\n");
        assertThat(Run.in(project, "logs", "-n1").out()).isEqualTo("host-0   | c\nhost-1   | d\nrouter-0 | e\n");
    }

    @Test
    void saysWhichLogsThereAre() {
        Run run = Run.in(project, "logs", "frontend");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).isEqualTo("There is no log of frontend, only of host-0, host-1, router-0.\n");
    }

    @Test
    void saysWhereLogsComeFromBeforeThereAreAny() {
        assertThat(Run.in(project.resolve("elsewhere"), "logs").err()).contains("./sluice up");
    }

    @Test
    void readsOnlyAsMuchOfALongLogAsItMust() throws IOException {
        String lines =
                IntStream.rangeClosed(1, 50_000).mapToObj(Integer::toString).collect(Collectors.joining("\n"));
        Files.writeString(logs.resolve("host-0.log"), lines + "\n");

        String out = Run.in(project, "logs", "host-0", "-n", "20000").out();

        assertThat(out.lines()).hasSize(20_000).startsWith("30001").endsWith("50000");
    }

    @Test
    void goesOnWithWholeLinesOnlyAndBeginsAnewWithANewLog() throws IOException {
        Path log = logs.resolve("host-0.log");
        LogTail tail = new LogTail(log, "");
        assertThat(tail.last(1)).containsExactly("c");

        Files.writeString(log, "d\npart", StandardOpenOption.APPEND);
        assertThat(tail.added()).containsExactly("d");
        Files.writeString(log, "ly\n", StandardOpenOption.APPEND);
        assertThat(tail.added()).containsExactly("partly");
        Files.writeString(log, "new\n");
        assertThat(tail.added()).containsExactly("new");
    }
}
