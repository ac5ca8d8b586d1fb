package dev.sluice.system.observe;

import dev.sluice.system.observe.drawing.Samples;
import dev.sluice.system.observe.drawing.Series;
import dev.sluice.system.observe.drawing.Series.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** What a Prometheus answers, as Grafana would ask it where all is chosen. */
record PrometheusSamples(Prometheus prometheus, Span span) implements Samples {

    private static final Pattern LABEL = Pattern.compile("\\{\\{(\\w+)}}");
    private static final String RATE_INTERVAL = "8s";

    @Override
    public List<Series> of(JsonNode target) {
        String expression = target.path("expr")
                .asString()
                .replace("$__rate_interval", RATE_INTERVAL)
                .replaceAll("\\$\\w+", ".*");
        String legend = target.path("legendFormat").asString();
        boolean instant = target.path("instant").asBoolean();
        return (instant ? prometheus.query(expression) : prometheus.range(expression, span))
                .stream()
                        .map(result -> new Series(
                                LABEL.matcher(legend).replaceAll(label -> label(result, label)),
                                points(instant ? List.of(result.path("value")) : result.path("values"))))
                        .filter(series -> !series.points().isEmpty())
                        .toList();
    }

    private static String label(JsonNode result, MatchResult label) {
        return result.path("metric").path(label.group(1)).asString("");
    }

    private static List<Point> points(Iterable<JsonNode> values) {
        List<Point> points = new ArrayList<>();
        for (JsonNode value : values) {
            String number = value.path(1).asString();
            if (!number.equals("NaN") && !number.endsWith("Inf")) {
                points.add(new Point(value.path(0).asDouble(), Double.parseDouble(number)));
            }
        }
        return points;
    }
}
