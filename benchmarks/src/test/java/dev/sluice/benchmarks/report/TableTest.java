package dev.sluice.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class TableTest {

    @Test
    void alignsColumnsUnderTheirHeadings() {
        String text = new Table("connections", "req/s")
                .row("1", Table.count(950))
                .row("256", Table.count(31_250.4))
                .toString();
        assertThat(text.lines()).containsExactly("connections   req/s", "1               950", "256          31,250");
    }

    @Test
    void isMarkdownAsWell() {
        assertThat(new Table("a", "b").row("1|2", "3").markdown().lines())
                .containsExactly("| a | b |", "| --- | --- |", "| 1\\|2 | 3 |");
    }

    @Test
    void refusesARowThatDoesNotFit() {
        Table table = new Table("a", "b");
        assertThatIllegalArgumentException().isThrownBy(() -> table.row("1")).withMessageContaining("1 cells under 2");
    }
}
