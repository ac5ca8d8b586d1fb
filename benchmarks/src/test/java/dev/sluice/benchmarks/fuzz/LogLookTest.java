package dev.sluice.benchmarks.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogLookTest {

    @TempDir
    private Path folder;

    @Test
    void countsErrorsExceptionsAndLeaks() throws IOException {
        LogLook look = look("""
                2026-11-27T17:01:19.286Z  INFO 7365 --- [sluice-router] [main] d.s.r.RouterApplication : Started
                2026-11-27T17:01:20.286Z ERROR 7365 --- [sluice-router] [sluice-epoll-1] d.s.c.l.LinkSession : A fault
                java.lang.NullPointerException: null
                \tat dev.sluice.Somewhere.call(Somewhere.java:1)
                Caused by: io.netty.util.IllegalReferenceCountException: refCnt: 0
                2026-11-27T17:01:21.286Z ERROR 7365 --- [sluice-router] [main] i.n.u.ResourceLeakDetector : LEAK: ByteBuf.release()
                """);

        assertThat(look.faults()).isEqualTo(3);
        assertThat(look.leaks()).isEqualTo(1);
        assertThat(look.first()).hasSize(4);
    }

    @Test
    void isNotAlarmedByWhatIsSaidOfInput() throws IOException {
        LogLook look = look("""
                2026-11-27T17:01:19.286Z  WARN 7365 --- [sluice-router] [main] d.s.c.l.LinkSession : No link: it sent ERROR and Exception
                """);

        assertThat(look).isEqualTo(new LogLook(0, 0, look.first()));
    }

    private LogLook look(String text) throws IOException {
        return LogLook.at(Files.writeString(folder.resolve("a.log"), text));
    }
}
