package dev.sluice.benchmarks.fleet;

import dev.sluice.benchmarks.report.LineChart;
import dev.sluice.benchmarks.report.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Draws each story: queries above, replicas below, over the same time. */
final class FleetCharts {

    private FleetCharts() {}

    static void drawInto(List<Story> stories, Path folder) throws IOException {
        for (Story story : stories) {
            LineChart.writeTo(folder.resolve("fleet-" + story.name() + ".svg"), queries(story), replicas(story));
        }
    }

    static LineChart queries(Story story) {
        Series series = Series.of(story);
        return chart(story, series, "Queries/s: " + story.name(), 50, series.offered(), series.unanswered())
                .line("offered", series.offered())
                .line("not answered", series.unanswered());
    }

    static LineChart replicas(Story story) {
        Series series = Series.of(story);
        return chart(story, series, "Replicas: " + story.name(), 4, series.wanted(), series.ready())
                .line("wanted", series.wanted())
                .line("ready", series.ready());
    }

    /** With a top that is the next multiple above all values. */
    private static LineChart chart(Story story, Series series, String title, int multiple, double[]... lines) {
        double most = Arrays.stream(lines).flatMapToDouble(Arrays::stream).max().orElse(0);
        String[] labels = new String[series.offered().length];
        Arrays.setAll(labels, i -> Table.decimals(i * series.step(), series.step() < 1 ? 1 : 0));
        LineChart chart = new LineChart(title, "s", labels, multiple * (Math.floor(most / multiple) + 1));
        story.marks().stream()
                .filter(mark -> !Double.isNaN(mark.at()))
                .forEach(mark -> chart.mark(series.index(mark.at()), mark.label()));
        return chart;
    }
}
