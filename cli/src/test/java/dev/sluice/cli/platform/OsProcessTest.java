package dev.sluice.cli.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class OsProcessTest {

    @Test
    void knowsThatThisProcessLivesAndHoldsMemory() {
        assertThat(OsProcess.current().alive()).isTrue();
        assertThat(OsProcess.current().residentBytes().orElseThrow()).isGreaterThan(1_000_000);
    }

    @Test
    void takesAProcessWithItsIdThatBeganAtAnotherTimeForAStranger() {
        OsProcess current = OsProcess.current();

        OsProcess former = new OsProcess(current.pid(), current.startedAt().minus(Duration.ofMinutes(5)));

        assertThat(former.alive()).isFalse();
    }

    @Test
    void neverSignalsAStranger() throws Exception {
        Process sleep = new ProcessBuilder("sleep", "60").start();
        OsProcess real = OsProcess.of(sleep.toHandle());
        OsProcess former = new OsProcess(real.pid(), real.startedAt().minus(Duration.ofMinutes(5)));

        former.kill();

        assertThat(real.alive()).isTrue();
        real.kill();
        assertThat(sleep.waitFor()).isNotZero();
        assertThat(real.awaitEnd(Duration.ofSeconds(30))).isTrue();
    }
}
