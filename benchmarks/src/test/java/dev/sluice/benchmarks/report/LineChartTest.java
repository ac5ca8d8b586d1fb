package dev.sluice.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineChartTest {

    @Test
    void isWellFormedAndHasALinePerPolicy(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("charts/chart.svg");
        new LineChart("Goodput, %", "load", new String[] {"1x", "2x"}, 100)
                .line("one", 10, 90)
                .line("other", 50, 250)
                .writeTo(file);

        var document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
        assertThat(document.getElementsByTagName("polyline").getLength()).isEqualTo(2);
    }

    @Test
    void whatIsBeyondTheTopIsDrawnAtTheTop() {
        String svg = new LineChart("t", "b", new String[] {"a", "b"}, 100)
                .line("x", 100, 400)
                .svg();

        assertThat(svg).contains("60.0,44.0 550.0,44.0");
    }

    @Test
    void marksWhatHappenedAndNamesNoTwoInTheSamePlace() throws Exception {
        String svg = new LineChart("t", "s", new String[] {"0", "1", "2"}, 100)
                .line("x", 0, 50, 100)
                .mark(0, "first")
                .mark(0, "beside it")
                .mark(2, "last")
                .svg();

        assertThat(svg).contains("first", "last").doesNotContain("beside it");
        assertThat(svg.split("class=\"mark\"", -1)).hasSize(4);
    }

    @Test
    void drawsSeveralBelowEachOther(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("both.svg");
        LineChart.writeTo(
                file,
                new LineChart("above", "s", new String[] {"0", "1"}, 10).line("a", 1, 2),
                new LineChart("below", "s", new String[] {"0", "1"}, 10).line("b", 1, 2));

        var document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
        assertThat(document.getElementsByTagName("polyline").getLength()).isEqualTo(2);
        assertThat(document.getDocumentElement().getAttribute("viewBox")).isEqualTo("0 0 720 720");
    }
}
