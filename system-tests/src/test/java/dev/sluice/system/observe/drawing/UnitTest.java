package dev.sluice.system.observe.drawing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitTest {

    @ParameterizedTest
    @CsvSource({
        "NONE, 0.5, 0.5",
        "SHORT, 1500, 1.5 K",
        "SHORT, 100, 100",
        "PERCENTUNIT, 0.9876, 98.8%",
        "REQPS, 12345, 12.3K req/s",
        "REQPS, 0, 0 req/s",
        "BYTES, 1048576, 1 MiB",
        "BPS, 2500000, 2.5 MB/s",
        "S, 0.00025, 250 µs",
        "S, 0.0123, 12.3 ms",
        "S, 90, 1.5 mins"
    })
    void writesThreeDigitsAndTheSizeThatFits(Unit unit, double value, String text) {
        assertThat(unit.format(value)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"PERCENTUNIT, 1, 100.00%", "SHORT, 2, 2.00"})
    void writesAsManyDecimalsAsAPanelAsksFor(Unit unit, double value, String text) {
        assertThat(unit.format(value, 2)).isEqualTo(text);
    }
}
