package dev.sluice.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TableTest {

    @Test
    void makesEachColumnAsWideAsItMustBeAndNumbersRightAligned() {
        StringWriter printed = new StringWriter();

        new Table("NAME", "SIZE", "NOTE")
                .row("a", "12 MB", "x")
                .row("longer", "-", "")
                .print(new PrintWriter(printed, true));

        assertThat(printed.toString().lines())
                .containsExactly("NAME     SIZE  NOTE", "a       12 MB  x", "longer      -");
    }

    @Test
    void writesSizesAndTimesAsPeopleDo() {
        assertThat(Quantities.bytes(1023)).isEqualTo("1023 B");
        assertThat(Quantities.bytes(1024)).isEqualTo("1 kB");
        assertThat(Quantities.bytes(300L << 20)).isEqualTo("300 MB");
        assertThat(Quantities.bytes(3L << 29)).isEqualTo("1.50 GB");
        assertThat(Quantities.time(Duration.ofSeconds(59))).isEqualTo("59s");
        assertThat(Quantities.time(Duration.ofSeconds(192))).isEqualTo("3m 12s");
        assertThat(Quantities.time(Duration.ofMinutes(61))).isEqualTo("1h 1m");
        assertThat(Quantities.time(Duration.ofHours(49))).isEqualTo("2d 1h");
    }
}
