package dev.sluice.system.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.system.observe.Dashboard.Panel;
import dev.sluice.system.observe.drawing.DashboardDrawing;
import dev.sluice.system.observe.drawing.Samples;
import dev.sluice.system.observe.drawing.Series;
import dev.sluice.system.observe.drawing.Series.Point;
import java.io.StringReader;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xml.sax.InputSource;
import tools.jackson.databind.JsonNode;

/** What the dashboards use of Grafana can be drawn: types, units, colours. */
class DashboardDrawingTest {

    /** For every query the same: a line that rises from 0 to 1. */
    private static final class Rising implements Samples {

        @Override
        public Span span() {
            return new Span(0, 60, 1);
        }

        @Override
        public List<Series> of(JsonNode target) {
            String name = target.path("format").asString("").equals("heatmap") ? "16" : "a < b";
            return List.of(new Series(
                    name,
                    IntStream.rangeClosed(0, 60)
                            .mapToObj(at -> new Point(at, at / 60.0))
                            .toList()));
        }
    }

    static List<Dashboard> dashboards() {
        return Dashboard.all();
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void hasEachPanelWithItsValue(Dashboard dashboard) throws Exception {
        String picture = DashboardDrawing.of(dashboard.json(), new Rising());
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(picture)));
        assertThat(picture)
                .contains(dashboard.panels().stream().map(Panel::title).toList())
                .contains(">a &lt; b</text>")
                .doesNotContain("No data");
    }
}
