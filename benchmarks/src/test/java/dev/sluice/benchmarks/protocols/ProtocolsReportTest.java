package dev.sluice.benchmarks.protocols;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.benchmarks.protocols.noop.NoopRun.Level;
import dev.sluice.benchmarks.protocols.rows.RowsRun.Compared;
import dev.sluice.benchmarks.report.Bar;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProtocolsReportTest {

    private static final ProtocolsReport REPORT = new ProtocolsReport(
            List.of(new Level("native HTTP", 0.5, 10_000), new Level("other", 0.4, 15_000)),
            List.of(new Compared("DoExchange", 4e6, 2e6), new Compared("DoGet", 4e6, 1e6)));

    @Test
    void asksForHalfOfABareServersRows() {
        assertThat(REPORT.bars()).extracting(Bar::value).containsExactly(0.5, 0.25);
        assertThat(REPORT.bars()).extracting(Bar::holds).containsExactly(true, false);
    }

    @Test
    void showsEveryProtocolBesideNativeHttp() {
        assertThat(REPORT.rows()).hasSize(4);
        assertThat(REPORT.rows().get(1)).containsEntry("of_native", 1.5);
        assertThat(REPORT.tables()).contains("15,000  ", "1.50", "0.25");
    }

    @Test
    void showsTheRowsAloneWhereNothingElseWasAsked() {
        assertThat(new ProtocolsReport(List.of(), REPORT.compared()).tables().lines())
                .hasSize(3);
    }
}
