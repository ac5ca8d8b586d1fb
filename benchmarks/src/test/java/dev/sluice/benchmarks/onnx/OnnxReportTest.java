package dev.sluice.benchmarks.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.benchmarks.report.Bar;
import java.util.List;
import org.junit.jupiter.api.Test;

class OnnxReportTest {

    private static Compared model(String name, double bare, double served, double alone) {
        return new Compared(name, 8, List.of(new Compared.Round(bare, served, alone)));
    }

    @Test
    void asksHeavyModelsForTheirShareAndTinyOnesForTheirGain() {
        List<Bar> bars = OnnxReport.bars(List.of(
                model("heavy", 100, 90, 80),
                model("between", 5_000, 2_000, 1_000),
                model("tiny", 100_000, 9_000, 2_000)));
        assertThat(bars).extracting(Bar::name).containsExactly("share of bare, heavy", "gain over one by one, tiny");
        assertThat(bars).extracting(Bar::value).containsExactly(0.9, 4.5);
        assertThat(bars).extracting(Bar::holds).containsExactly(true, false);
    }

    @Test
    void comparesTheSidesOfEachRound() {
        // The machine slows down by and by; each round taken for itself says one half.
        Compared compared = new Compared(
                "m",
                1,
                List.of(new Compared.Round(40, 20, 10), new Compared.Round(20, 10, 5), new Compared.Round(10, 5, 2.5)));
        assertThat(compared.share()).isEqualTo(0.5);
        assertThat(compared.gain()).isEqualTo(2);
    }

    @Test
    void showsEveryModel() {
        List<Compared> models = List.of(model("m", 100, 90, 45));
        assertThat(OnnxReport.table(models).lines().skip(1).toList())
                .singleElement()
                .asString()
                .contains("m ", "100.0", "10.000", "90.0", "0.90", "45.0", "2.00");
        assertThat(OnnxReport.rows(models).get(0))
                .containsEntry("share_of_bare", 0.9)
                .containsEntry("gain", 2.0);
    }
}
