package dev.sluice.cli.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LastWordsTest {

    @TempDir
    private Path directory;

    @Test
    void readsSpringBootsAnalysisWithoutItsFrame() throws IOException {
        String log = """
                2026-01-01T00:00:00.000Z ERROR 1 --- [main] o.s.b.d.LoggingFailureAnalysisReporter :

                ***************************
                APPLICATION FAILED TO START
                ***************************

                Description:

                Web server failed to start. Port 8080 was already in use.

                Action:

                Identify and stop the process that's listening on port 8080.

                """;

        assertThat(lastWords(log))
                .containsExactly(
                        "Web server failed to start. Port 8080 was already in use.",
                        "Identify and stop the process that's listening on port 8080.");
    }

    @Test
    void prefersTheInnermostCause() throws IOException {
        String log = """
                Exception in thread "main" java.lang.IllegalStateException: outer
                \tat a.b.C.d(C.java:1)
                Caused by: java.lang.IllegalArgumentException: sluice.host.slots must be at least 1
                \tat a.b.C.e(C.java:2)
                \t... 12 more
                """;

        assertThat(lastWords(log))
                .containsExactly("Caused by: java.lang.IllegalArgumentException: sluice.host.slots must be at least 1");
    }

    @Test
    void startsAtTheLastErrorWithoutItsStackTrace() throws IOException {
        String log = "fine\n12:00 ERROR 1 --- [main] it broke\n\tat a.b.C.d(C.java:1)\n12:00  INFO bye\n";

        assertThat(lastWords(log)).containsExactly("12:00 ERROR 1 --- [main] it broke", "12:00  INFO bye");
    }

    @Test
    void takesTheLastLinesWhereNothingLooksLikeAnError() throws IOException {
        assertThat(lastWords("1\n2\n3\n4\n5\n6\n7\n8\n")).containsExactly("3", "4", "5", "6", "7", "8");
    }

    @Test
    void isSilentAboutALogThatIsNotThere() {
        assertThat(LastWords.of(directory.resolve("absent.log"))).isEmpty();
    }

    private java.util.List<String> lastWords(String log) throws IOException {
        return LastWords.of(Files.writeString(directory.resolve("a.log"), log));
    }
}
