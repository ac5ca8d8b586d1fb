package dev.sluice.benchmarks.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.benchmarks.report.Bar;
import java.util.List;
import org.junit.jupiter.api.Test;

class SqlReportTest {

    private static final List<SqlCompared> QUESTIONS = List.of(
            new SqlCompared("good", List.of(new SqlCompared.Round(1000, 900, 100))),
            new SqlCompared("bad", List.of(new SqlCompared.Round(1000, 800, 200))));

    @Test
    void asksEveryQuestionForItsGainAndItsShare() {
        List<Bar> bars = SqlReport.bars(QUESTIONS);
        assertThat(bars).extracting(Bar::value).containsExactly(9.0, 0.9, 4.0, 0.8);
        assertThat(bars).extracting(Bar::holds).containsExactly(true, true, false, false);
    }

    @Test
    void showsEveryQuestion() {
        assertThat(SqlReport.table(QUESTIONS).lines().skip(1).toList()).hasSize(2);
        assertThat(SqlReport.rows(QUESTIONS).get(0)).containsEntry("gain", 9.0).containsEntry("share_of_direct", 0.9);
    }
}
