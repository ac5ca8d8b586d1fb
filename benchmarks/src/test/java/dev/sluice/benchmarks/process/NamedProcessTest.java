package dev.sluice.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NamedProcessTest {

    private final NamedProcess self = NamedProcess.self("self");

    @Test
    void knowsWhatThisProcessUses() {
        assertThat(self.pid()).isEqualTo(ProcessHandle.current().pid());
        assertThat(self.cpuTime()).isPositive();
        self.residentBytes().ifPresent(bytes -> assertThat(bytes).isGreaterThan(8 << 20));
    }

    @Test
    void usesNothingOnceItIsGone() {
        NamedProcess gone = new NamedProcess("gone", Long.MAX_VALUE);
        assertThat(gone.cpuTime()).isZero();
        assertThat(gone.residentBytes()).isEmpty();
    }

    @Test
    void clockNamesEveryProcess() {
        CpuClock clock = new CpuClock(List.of(self, new NamedProcess("gone", Long.MAX_VALUE)));
        assertThat(clock.coresUsed()).containsOnlyKeys("self", "gone").containsEntry("gone", 0.0);
    }
}
